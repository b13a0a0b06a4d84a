import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, type ProcessIdentity, processTree, type SmallVolume, type System, type TestRedis } from '@app/testing';
import type { PlannedBlow } from './plan';

export interface Victim {
  system: System;
  redis: TestRedis;
  volume: SmallVolume;
}

/** Strikes, and takes back what it can. @returns what was hit, in words. */
export async function strike({ system, redis, volume }: Victim, blow: PlannedBlow): Promise<string> {
  switch (blow.kind) {
    case 'kill': {
      const target = await targetOf(system, blow);
      if (!target) return `no ${blow.what} runs`;
      process.kill(target.pid, 'SIGKILL');
      return `SIGKILL ${target.name} (${target.pid})`;
    }
    case 'freeze-packager': {
      const target = await packagerOf(system, blow.which);
      const identity = target && processTree(target.pid)[0];
      if (!target || !identity) return 'no packager runs';
      process.kill(target.pid, 'SIGSTOP');
      await delay(blow.forMs);
      if (isRunning(identity)) process.kill(target.pid, 'SIGCONT');
      return `SIGSTOP ${target.name} for ${seconds(blow.forMs)}`;
    }
    case 'redis-down':
      await redis.kill();
      await delay(blow.forMs);
      await redis.restart();
      return `Redis gone for ${seconds(blow.forMs)}`;
    case 'disk-full':
      await volume.fill();
      await delay(blow.forMs);
      await volume.free();
      return `disk full for ${seconds(blow.forMs)}`;
  }
}

interface Target {
  name: string;
  pid: number;
}

async function targetOf(system: System, blow: Extract<PlannedBlow, { kind: 'kill' }>): Promise<Target | undefined> {
  if (blow.what === 'packager') return packagerOf(system, blow.which);
  if (blow.what === 'ffmpeg') return chosen((await packagersOf(system)).flatMap(ffmpegsOf), blow.which);
  return (await system.processes()).find(({ name }) => name === blow.what);
}

const packagersOf = async (system: System): Promise<Target[]> =>
  (await system.processes()).filter(({ name }) => name.startsWith('packager-'));

async function packagerOf(system: System, which: number): Promise<Target | undefined> {
  return chosen(await packagersOf(system), which);
}

const ffmpegsOf = ({ pid }: Target): Target[] =>
  processTree(pid)
    .filter(({ command }: ProcessIdentity) => command === 'ffmpeg')
    .map((child) => ({ name: 'ffmpeg', pid: child.pid }));

const chosen = <T>(items: readonly T[], which: number): T | undefined => items[Math.floor(which * items.length)];
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
