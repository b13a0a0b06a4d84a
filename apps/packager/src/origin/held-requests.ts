import type { CameraStream } from '@app/streams';

/** What holding needs of a stream. */
export type Watched = Pick<CameraStream, 'onChange'> & { readonly lease: { readonly state: string } };

/**
 * Requests for what a camera's list does not show yet. All that wait for the same share one look at each change and one timer,
 * however many they are; one that leaves costs nothing, and its answer is dropped by who asked.
 */
export class HeldRequests<Answer> {
  private readonly held = new WeakMap<Watched, Map<string, Promise<Answer | undefined>>>();

  /**
   * @param name what is asked for: equal names must mean equal questions
   * @param ask undefined while the answer is not there
   * @returns the answer, at once if it is there; undefined when the time is over or the lease has passed
   */
  answer(
    stream: Watched,
    name: string,
    timeoutMs: number,
    ask: () => Answer | undefined,
  ): Promise<Answer | undefined> | Answer | undefined {
    const now = ask();
    if (now !== undefined) return now;
    const waiting = this.held.get(stream) ?? new Map<string, Promise<Answer | undefined>>();
    this.held.set(stream, waiting);
    let shared = waiting.get(name);
    if (!shared) {
      shared = untilAnswered(stream, timeoutMs, ask).finally(() => waiting.delete(name));
      waiting.set(name, shared);
    }
    return shared;
  }
}

function untilAnswered<Answer>(stream: Watched, timeoutMs: number, ask: () => Answer | undefined): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    let stopListening = (): void => undefined;
    const finish = (answer: Answer | undefined): void => {
      clearTimeout(timer);
      stopListening();
      resolve(answer);
    };
    const look = (): void => {
      if (stream.lease.state !== 'held') return finish(undefined);
      try {
        const answer = ask();
        if (answer === undefined) stopListening = stream.onChange(look);
        else finish(answer);
      } catch (error) {
        clearTimeout(timer);
        reject(new Error('A held request cannot be answered', { cause: error }));
      }
    };
    const timer = setTimeout(() => finish(undefined), timeoutMs);
    stopListening = stream.onChange(look);
  });
}
