import type { ServerResponse } from 'node:http';
import type { CameraStream } from '@app/streams';

/**
 * Asks again at each change of a camera's list until there is an answer.
 * @returns undefined when the time is over, the client has gone, or the lease has passed.
 */
export function waitForAnswer<T>(
  stream: CameraStream,
  response: ServerResponse,
  timeoutMs: number,
  ask: () => T | undefined,
): Promise<T | undefined> {
  const now = ask();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    let stopListening = (): void => undefined;
    const finish = (answer: T | undefined): void => {
      clearTimeout(timer);
      stopListening();
      response.off('close', onClose);
      resolve(answer);
    };
    const onClose = (): void => finish(undefined);
    const timer = setTimeout(() => finish(undefined), timeoutMs);
    const listen = (): void => {
      stopListening = stream.onChange(() => {
        const answer = stream.lease.state === 'held' ? ask() : undefined;
        if (answer !== undefined || stream.lease.state !== 'held') finish(answer);
        else listen();
      });
    };
    response.once('close', onClose);
    listen();
  });
}
