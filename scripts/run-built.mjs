/** `npm run bench:<name> -- --option value`, `npm run chaos -- …`: makes ready what is missing, then runs that compiled program of test/. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, installFfmpeg, installPackages, installSystemPackages, requireNode, ROOT, runScript } from './steps.mjs';

const [program, ...args] = process.argv.slice(2);
await runScript(async () => {
  requireNode();
  await installPackages();
  await installFfmpeg();
  if (program.startsWith('chaos/')) await installSystemPackages({ 'redis-server': 'redis-server' });
  await build();
});
const { status } = spawnSync(process.execPath, [join(ROOT, 'dist', 'test', `${program}.js`), ...args], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
