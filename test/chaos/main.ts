/**
 * `npm run chaos -- --minutes 30 --seed 7`
 *
 * The whole system with its 16 demo cameras, Redis and two packagers, on a volume of its own; processes are killed, one is frozen, Redis
 * goes away, the disk is filled and freed, at random by the seed. Afterwards: whatever a viewer was told is on record with the same
 * bytes, no number was used twice, every second is footage or a named gap, and `pollglass fsck` finds nothing.
 */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { SmallVolume, startRedis, System } from '@app/testing';
import { benchArguments } from '../bench/arguments';
import { strike } from './blows';
import { planBlows } from './plan';
import { Seeded } from './seeded';
import { fsck, missingOnRecord } from './verdict';
import { Witness } from './witness';

const CAMERAS = 16;
const CALM_MS = 60_000;
const LIVE_MS = 90_000;
/** Room for the database and the demo's loops, and what 16 cameras write in a minute, doubled. */
const BASE_MB = 1_500;
const MB_PER_MINUTE = 120;
const SHOWN = 20;

async function main(): Promise<boolean> {
  const { minutes, seed } = benchArguments({ minutes: 30, seed: Math.floor(Math.random() * 1e9) });
  print(`seed ${seed}, ${minutes} min`);
  const volume = await SmallVolume.make(BASE_MB + minutes * MB_PER_MINUTE);
  if (volume.shared !== undefined)
    print(`NOT DONE: the disk is not filled, no volume of its own could be mounted (${volume.shared})`);
  const redis = await startRedis();
  try {
    const system = await System.start({ REDIS_URL: redis.url, POLLGLASS_PACKAGERS: '2' }, volume.directory);
    try {
      await system.untilLive(CAMERAS, LIVE_MS);
      const problems = await torment({ system, redis, volume }, { minutes, seed });
      for (const problem of problems.slice(0, SHOWN)) print(`  ${problem}`);
      if (problems.length > SHOWN) print(`  and ${problems.length - SHOWN} more`);
      print(problems.length === 0 ? 'PASSED' : `FAILED: ${problems.length} problems`);
      if (problems.length > 0) print(`all of them, and what the processes said: ${await keep(seed, problems, system.log)}`);
      return problems.length === 0;
    } finally {
      await system.stop();
    }
  } finally {
    await redis.stop();
    await volume.remove();
  }
}

/** A fault that needs half an hour to show may need weeks to show again: what is known of it is kept. @returns the file */
async function keep(seed: number, problems: readonly string[], log: string): Promise<string> {
  const file = join(tmpdir(), `pollglass-chaos-${seed}-${Date.now()}.log`);
  await writeFile(file, [...problems, '', log].join('\n'));
  return file;
}

async function torment(
  victim: { system: System; redis: Awaited<ReturnType<typeof startRedis>>; volume: SmallVolume },
  { minutes, seed }: { minutes: number; seed: number },
): Promise<string[]> {
  const { system, volume } = victim;
  const durationMs = minutes * 60_000;
  const plan = planBlows(new Seeded(seed), { durationMs, calmMs: CALM_MS, diskCanFill: volume.shared === undefined });
  const witness = new Witness(system.url);
  witness.watch((await (await system.client()).cameras()).map(({ id }) => id));
  const from = new Date();
  for (const blow of plan) {
    await delay(Math.max(0, from.getTime() + blow.atMs - Date.now()));
    const atMs = Date.now() - from.getTime();
    print(`${clock(atMs)} (${new Date().toISOString()}) ${await strike(victim, blow)}`);
  }
  await delay(Math.max(0, from.getTime() + durationMs - Date.now()));
  const problems = await system.untilLive(CAMERAS, LIVE_MS).then(
    () => [],
    (error: Error) => [`not all cameras came back: ${error.message.split('\n')[0]}`],
  );
  const to = new Date();
  await witness.stop();
  const missing = await missingOnRecord(await system.databaseUrl(), witness);
  const used = await volume.usedMegabytes();
  await system.stop();
  const report = await fsck(system.dataDirectory, { from, to });
  print(
    `${plan.length} blows; ${witness.count} segments were listed to a viewer, ${missing.length} of them not on record as told; ${used} MB`,
  );
  print(`fsck: ${report.clean ? 'clean' : 'NOT clean'} ${JSON.stringify(report.counts)}`);
  const found = report.findings.map((finding) => `fsck: ${JSON.stringify(finding)}`);
  return [...problems, ...missing, ...witness.contradictions, ...found];
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(14, 19);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

void main().then(
  (passed) => (process.exitCode = passed ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${inspect(error)}\n`);
    process.exitCode = 1;
  },
);
