/** `npm test`: makes ready what is missing, then every check and every size of test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, installFfmpeg, installPackages, installSystemPackages, requireNode, ROOT, runScript, step } from './steps.mjs';

const bin = (name) => join(ROOT, 'node_modules', '.bin', name);

await runScript(async () => {
  requireNode();
  await installPackages();
  await installFfmpeg();
  await installSystemPackages({ 'redis-server': 'redis-server', chromium: 'chromium' });
  await build();
  await step('Checking the format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
  await Promise.all([
    step('Linting', bin('eslint'), ['--max-warnings', '0', '.']),
    step('Checking types', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']),
  ]);
  await step('Checking types of the web app', bin('tsc'), ['-p', 'apps/web/tsconfig.json', '--noEmit']);
  await step('Looking for import cycles', bin('madge'), [
    '--circular',
    '--extensions',
    'ts,tsx',
    '--ts-config',
    'tsconfig.json',
    'apps',
    'libs',
  ]);
});
// Medium and e2e tests start databases, encoders and browsers of their own: one file at a time keeps two cores honest.
const { status } = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), '--runInBand', ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exit(status ?? 1);
