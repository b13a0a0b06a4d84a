import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tools } from './child';
import { encodeLoop, type LoopOptions } from './encode-loop';

const ENCODERS = 2;

/** Where the loops of a data folder are kept. */
export const loopsDirectory = (dataDirectory: string): string => join(dataDirectory, 'simulator');

/**
 * Draws what cameras show, where it is not there yet, so that all of them can stream as soon as somebody wants them. A camera
 * that cannot be drawn holds up no other: the simulator tries it again, and reports it.
 */
export async function drawLoops(tools: Tools, directory: string, cameras: readonly LoopOptions[]): Promise<void> {
  await removeUnfinished(directory);
  const failures: unknown[] = [];
  await eachInTurn(cameras, async (camera) => {
    await encodeLoop(tools, directory, camera).catch((error: unknown) => failures.push(error));
  });
  if (failures.length === 0) return;
  throw new AggregateError(failures, `${failures.length} simulated cameras cannot be drawn: ${String(failures[0])}`);
}

/** As many at a time as there are encoders. */
export async function eachInTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const workNext = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: ENCODERS }, workNext));
}

/** What an encoder left that was killed. */
async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  await Promise.all(names.filter((name) => name.endsWith('.part')).map((name) => rm(join(directory, name), { force: true })));
}
