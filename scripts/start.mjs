/** `npm start`: makes ready what is missing, then runs everything in this very process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, installFfmpeg, installPackages, requireNode, ROOT, runScript } from './steps.mjs';

await runScript(async () => {
  requireNode();
  await installPackages();
  await Promise.all([installFfmpeg(), build()]);
});
process.argv.splice(2, Infinity, 'start');
createRequire(import.meta.url)(join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js'));
