#!/usr/bin/env node
/** `npx pollglass <command>`: builds when needed, then hands over to the CLI. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, installPackages, requireNode, ROOT, runScript } from './steps.mjs';

await runScript(async () => {
  requireNode();
  await installPackages();
  await build();
});
createRequire(import.meta.url)(join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js'));
