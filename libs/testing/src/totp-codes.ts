import { setTimeout as delay } from 'node:timers/promises';
import { codeAt, STEP_MS } from '@app/access';

const newestUsed = new Map<string, number>();

/**
 * A code of this secret that was not given out before. A server takes each code once, of this time step and the next,
 * so whoever asks for more waits for the clock.
 */
export async function unusedCode(secret: string): Promise<string> {
  const step = Math.max(Math.floor(Date.now() / STEP_MS), (newestUsed.get(secret) ?? 0) + 1);
  newestUsed.set(secret, step);
  const takenFromMs = (step - 1) * STEP_MS;
  if (Date.now() < takenFromMs) await delay(takenFromMs - Date.now() + 50);
  return codeAt(secret, step * STEP_MS);
}
