import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Linux reports CPU time in hundredths of a second (USER_HZ of the kernel's ABI). */
const TICKS_PER_SECOND = 100;

/** One process for ever: its pid and when it was started. */
export interface ProcessIdentity {
  pid: number;
  ticks: string;
  command: string;
  arguments: string[];
}

interface Stat {
  pid: number;
  parent: number;
  command: string;
  state: string;
  cpuSeconds: number;
  ticks: string;
}

/** `pid` and all that descend from it, as they are now. */
export function processTree(pid: number): ProcessIdentity[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat !== undefined);
  const found: Stat[] = all.filter((stat) => stat.pid === pid);
  for (const parent of found) found.push(...all.filter((stat) => stat.parent === parent.pid));
  return found.map(({ pid: each, ticks, command }) => ({ pid: each, ticks, command, arguments: argumentsOf(each) }));
}

export function isRunning(identity: ProcessIdentity): boolean {
  const stat = statOf(identity.pid);
  return stat !== undefined && stat.ticks === identity.ticks && stat.state !== 'Z';
}

/** Waits for all of them to be gone. @returns those that still run when the time is over. */
export async function survivors(identities: ProcessIdentity[], timeoutMs: number): Promise<ProcessIdentity[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const alive = identities.filter(isRunning);
    if (alive.length === 0 || Date.now() > deadline) return alive;
    await delay(100);
  }
}

/** CPU seconds, user and system, that these processes have used so far. */
export function cpuSeconds(pids: number[]): number {
  return pids.reduce((sum, pid) => sum + (statOf(pid)?.cpuSeconds ?? 0), 0);
}

/** Proportional share of memory, bytes: pages shared by several processes count once over all. */
export function memoryBytes(pid: number): number {
  const line = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    .split('\n')
    .find((each) => each.startsWith('Pss:'));
  return Number(line?.match(/\d+/)?.[0] ?? 0) * 1024;
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return []; // ended meanwhile
  }
}

function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // ended between listing and reading
  }
  // The name in brackets may hold spaces: the fields of proc(5) are counted behind it.
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  return {
    pid,
    command: text.slice(text.indexOf('(') + 1, end),
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    ticks: fields[19] ?? '',
  };
}
