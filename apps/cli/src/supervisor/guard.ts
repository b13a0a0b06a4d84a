import { startTicksOf } from './process-identity';

/**
 * A process of its own that outlives a killed supervisor for a few seconds, so that nothing of it stays behind.
 * The supervisor tells it whom to end; when the connection to the supervisor breaks, it waits for those who leave by
 * themselves, then ends the database (last, so that the others can still write), then whoever is left.
 */
export type GuardMessage = { kind: 'watch'; pid: number; last: boolean } | { kind: 'forget'; pid: number };

interface Watched {
  pid: number;
  ticks: string | undefined;
  last: boolean;
}

const LEAVE_BY_THEMSELVES_MS = 4_000;
const KILL_AFTER_MS = 7_000;
const LOOK_EVERY_MS = 100;

const watched = new Map<number, Watched>();

process.on('message', (message: GuardMessage) => {
  if (message.kind === 'forget') watched.delete(message.pid);
  else watched.set(message.pid, { pid: message.pid, ticks: startTicksOf(message.pid), last: message.last });
});
// Ctrl-C and TERM are for the supervisor; it ends this process when all others have gone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => {
  const since = Date.now();
  const timer = setInterval(() => {
    const alive = [...watched.values()].filter(isStillThere);
    const elapsed = Date.now() - since;
    const others = alive.filter((entry) => !entry.last);
    if (alive.length === 0) {
      clearInterval(timer);
      process.exit(0);
    }
    if (others.length === 0 || elapsed > LEAVE_BY_THEMSELVES_MS)
      alive.filter((entry) => entry.last).forEach((entry) => signal(entry, 'SIGINT'));
    if (elapsed > LEAVE_BY_THEMSELVES_MS) others.forEach((entry) => signal(entry, 'SIGTERM'));
    if (elapsed > KILL_AFTER_MS) alive.forEach((entry) => signal(entry, 'SIGKILL'));
  }, LOOK_EVERY_MS);
});

function isStillThere(entry: Watched): boolean {
  return signal(entry, 0) && (entry.ticks === undefined || startTicksOf(entry.pid) === entry.ticks);
}

function signal(entry: Watched, what: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(entry.pid, what);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
