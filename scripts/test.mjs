/** `npm test`: makes ready what is missing, then every check and every size of test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bin, build, installFfmpeg, installPackages, installSystemPackages, requireNode, ROOT, runScript } from './steps.mjs';

const CHECKS = [
  ['Linting', bin('eslint'), ['--max-warnings', '0', '.']],
  ['Checking types', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']],
  ['Checking types of the web app', bin('tsc'), ['-p', 'apps/web/tsconfig.json', '--noEmit']],
  ['Checking the format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  [
    'Looking for import cycles',
    bin('madge'),
    ['--circular', '--extensions', 'ts,tsx', '--ts-config', 'tsconfig.json', 'apps', 'libs'],
  ],
];

await runScript(async () => {
  requireNode();
  await installPackages();
  await installFfmpeg();
  await installSystemPackages({
    'redis-server': 'redis-server',
    chromium: 'chromium',
    unzip: 'unzip',
    pgrep: 'procps',
    strace: 'strace',
    faketime: 'faketime',
  });
  await build(CHECKS);
});
const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'), ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
