// Writes docs/openapi.json from the route table: `npm run openapi`. Needs no build: it compiles the contracts by itself.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Below node_modules, so that what is compiled finds zod.
const compiled = join(root, 'node_modules/.cache/pollglass-openapi');
const options = ['--module', 'commonjs', '--target', 'es2022', '--skipLibCheck', '--esModuleInterop', '--strict'];
rmSync(compiled, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), join(root, 'libs/contracts/src/index.ts'), '--outDir', compiled, ...options],
  { stdio: 'inherit' },
);
const { openApiDocument, routes } = createRequire(import.meta.url)(join(compiled, 'index.js'));
rmSync(compiled, { recursive: true, force: true });
const file = join(root, 'docs/openapi.json');
writeFileSync(file, `${JSON.stringify(openApiDocument(routes), null, 2)}\n`);
console.log(`${file} is written.`);
