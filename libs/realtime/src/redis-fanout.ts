import Redis from 'ioredis';
import type { Logger } from '@app/platform';
import { Fanout, type MessageName, type MessagePayload } from './fanout';

const CHANNEL = 'pollglass';
/** The same for all processes, so that all of them listen again within this time and a little. */
const RECONNECT_MS = 250;
const SETTLE_MS = 750;

export class RedisFanout extends Fanout {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;

  constructor(
    url: string,
    private readonly logger: Logger,
  ) {
    super();
    const retryStrategy = (): number => RECONNECT_MS;
    // Messages are hints: while Redis is away they are dropped, not piled up.
    this.publisher = new Redis(url, { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy });
    this.subscriber = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy });
    for (const client of [this.publisher, this.subscriber])
      client.on('error', (error: Error) => logger.warn({ err: error }, 'Redis connection failed'));
  }

  async start(): Promise<void> {
    this.subscriber.on('message', (_channel, body) => {
      try {
        this.deliver(body);
      } catch (error) {
        this.logger.error({ err: error }, 'a message of another process cannot be read');
      }
    });
    await Promise.all([this.publisher.connect(), this.subscriber.connect()]);
    await this.subscriber.subscribe(CHANNEL);
    this.subscriber.on('close', () => this.lost());
    this.subscriber.on('ready', () => this.listensAgain(SETTLE_MS));
  }

  async publish<N extends MessageName>(name: N, payload: MessagePayload<N>): Promise<void> {
    this.requireSettled();
    await this.publisher.publish(CHANNEL, this.encode(name, payload));
  }

  stop(): Promise<void> {
    this.publisher.disconnect();
    this.subscriber.disconnect();
    return Promise.resolve();
  }
}
