/** Empties dist, so that nothing of an older build is run or tested. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './steps.mjs';

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
