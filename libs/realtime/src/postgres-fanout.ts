import { sql } from 'kysely';
import { Client } from 'pg';
import type { Db } from '@app/database';
import type { Logger } from '@app/platform';
import { Fanout, type MessageName, type MessagePayload } from './fanout';

const CHANNEL = 'pollglass';
/** PostgreSQL refuses a notification of 8,000 bytes or more. */
const MAX_NOTIFY_BYTES = 7_500;
const RECONNECT_MS = 1_000;
const SETTLE_MS = 1_500;
const KEEP_BODIES_MINUTES = 5;

export class PostgresFanout extends Fanout {
  private client: Client | undefined;
  private reconnect: NodeJS.Timeout | undefined;
  private stopped = false;
  private wasLost = false;

  constructor(
    private readonly db: Db,
    private readonly url: string,
    private readonly logger: Logger,
  ) {
    super();
  }

  async start(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true });
    client.on('notification', ({ payload }) => void this.receive(payload ?? ''));
    client.on('error', (error) => this.logger.warn({ err: error }, 'fan-out connection failed'));
    client.on('end', () => this.startAgainLater());
    this.client = client;
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    if (this.wasLost) this.listensAgain(SETTLE_MS);
  }

  async publish<N extends MessageName>(name: N, payload: MessagePayload<N>): Promise<void> {
    this.requireSettled();
    const body = this.encode(name, payload);
    const message = Buffer.byteLength(body) <= MAX_NOTIFY_BYTES ? body : `#${await this.park(body)}`;
    await sql`select pg_notify(${CHANNEL}, ${message})`.execute(this.db);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnect);
    await this.client?.end();
  }

  private async park(body: string): Promise<number> {
    await this.db
      .deleteFrom('fanout_messages')
      .where('created_at', '<', sql<Date>`now() - make_interval(mins => ${KEEP_BODIES_MINUTES})`)
      .execute();
    const { id } = await this.db.insertInto('fanout_messages').values({ body }).returning('id').executeTakeFirstOrThrow();
    return id;
  }

  private async receive(message: string): Promise<void> {
    try {
      const body = message.startsWith('#') ? await this.fetch(Number(message.slice(1))) : message;
      if (body !== undefined) this.deliver(body);
    } catch (error) {
      this.logger.error({ err: error }, 'a message of another process cannot be read');
    }
  }

  private async fetch(id: number): Promise<string | undefined> {
    return (await this.db.selectFrom('fanout_messages').select('body').where('id', '=', id).executeTakeFirst())?.body;
  }

  private startAgainLater(): void {
    if (this.stopped) return;
    this.wasLost = true;
    this.lost();
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => {
      this.start().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'fan-out cannot reconnect yet');
        this.startAgainLater();
      });
    }, RECONNECT_MS);
  }
}
