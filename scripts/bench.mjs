/** `npm run bench:<name> -- --option value`: makes ready what is missing, then runs the compiled bench. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, installFfmpeg, installPackages, requireNode, ROOT, runScript } from './steps.mjs';

const [name, ...args] = process.argv.slice(2);
await runScript(async () => {
  requireNode();
  await installPackages();
  await installFfmpeg();
  await build();
});
const { status } = spawnSync(process.execPath, [join(ROOT, 'dist', 'test', 'bench', `${name}.js`), ...args], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
