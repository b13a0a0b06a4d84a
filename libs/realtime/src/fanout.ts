import { EVENTS, type EventName, type EventPayload, SIGNALS, type SignalName, type SignalPayload } from '@app/contracts';

const MESSAGES = { ...EVENTS, ...SIGNALS };
export type MessageName = EventName | SignalName;
export type MessagePayload<N extends MessageName> = N extends EventName
  ? EventPayload<N>
  : N extends SignalName
    ? SignalPayload<N>
    : never;
export type MessageHandler = (name: MessageName, payload: unknown) => void;

/**
 * Messages from any of our processes to all of them, the sender included. At most once, no order promised over
 * reconnects: whoever needs the truth reads it from the database.
 */
export abstract class Fanout {
  private readonly handlers = new Map<MessageName, Set<(payload: never) => void>>();
  /** Monotonic ms from which on publishing is allowed again after the connection was lost. */
  private settledAt = 0;

  /** Rejects while this process does not listen itself, so that what must arrive can be kept and sent again. */
  abstract publish<N extends MessageName>(name: N, payload: MessagePayload<N>): Promise<void>;
  abstract start(): Promise<void>;
  abstract stop(): Promise<void>;

  /** @returns how to stop listening. */
  on<N extends MessageName>(name: N, handler: (payload: MessagePayload<N>) => void): () => void {
    const handlers = this.handlers.get(name) ?? new Set();
    this.handlers.set(name, handlers);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  /** Checks a message as it enters the process: during a deployment, an older process may still send older shapes. */
  protected deliver(body: string): void {
    const { name, payload } = JSON.parse(body) as { name: MessageName; payload: unknown };
    const handlers = this.handlers.get(name);
    if (!handlers || handlers.size === 0) return;
    const parsed = MESSAGES[name].parse(payload);
    for (const handler of handlers) handler(parsed as never);
  }

  protected lost(): void {
    this.settledAt = Infinity;
  }

  /** @param settleMs by when every other process listens again, too: what is published earlier would miss some */
  protected listensAgain(settleMs: number): void {
    this.settledAt = performance.now() + settleMs;
  }

  /** @throws Error while the connection is lost or just came back */
  protected requireSettled(): void {
    if (performance.now() < this.settledAt) throw new Error('The fan-out lost its connection and is not back yet');
  }

  protected encode<N extends MessageName>(name: N, payload: MessagePayload<N>): string {
    return JSON.stringify({ name, payload: MESSAGES[name].parse(payload) });
  }
}
