import { Inject, Injectable } from '@nestjs/common';
import { FAULTS, QUEUES, type Ready } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, withoutSecrets } from '@app/platform';
import { JobQueue } from '@app/queue';
import { StorageCheck } from './storage-check';
import { disksWarning, holdsWarning } from './storage-words';

/** A packager says that it lives every few seconds. */
const HEARTBEAT_MS = 10_000;
/** A database that was away takes the rows that waited within this time. */
const REFUSED_MS = 5_000;
/** A service that hangs is as bad as one that refuses. */
const CHECK_TIMEOUT_MS = 3_000;

type Checks = Ready['checks'];

/** Whether everything the product needs answers now. */
@Injectable()
export class Readiness {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly jobs: JobQueue,
    private readonly storage: StorageCheck,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<Ready> {
    const [database, queue, storage, packagers, holds] = await Promise.all([
      attempt(() => this.requireDatabase()),
      attempt(() => Promise.all(QUEUES.map((name) => this.jobs.queue(name).getJobCounts('active')))),
      attempt(() => this.storage.check()),
      attempt(() => this.requirePackager()),
      attempt(() => this.holds()),
    ]);
    const checks: Checks = { database, queue, storage, packagers, holds };
    const all = Object.values(checks);
    if (!all.every((check) => check.ok)) return { status: 'failing', checks };
    return { status: all.some((check) => check.detail !== undefined) ? 'degraded' : 'ok', checks };
  }

  /** A database whose volume is full answers what it is asked and stores nothing: those who record know. @throws then, too */
  private async requireDatabase(): Promise<void> {
    const { since } = await this.db
      .selectFrom('packagers')
      .select(({ fn }) => fn.min<Date | null>('rows_refused_since').as('since'))
      .where('heartbeat_at', '>', this.heardSince())
      .executeTakeFirstOrThrow();
    if (since && this.clock.nowMs() - since.getTime() > REFUSED_MS)
      throw new Error(`No row of the recording was taken since ${since.toISOString()}: they wait on the disks of the packagers`);
  }

  /** @returns a warning while one of their disks is short. @throws when nobody records */
  private async requirePackager(): Promise<string | undefined> {
    const alive = await this.db
      .selectFrom('packagers')
      .select(['storage_fault', 'disk'])
      .where('heartbeat_at', '>', this.heardSince())
      .execute();
    if (alive.length === 0) throw new Error('No packager has reported in the last 10 seconds');
    const faults = alive.flatMap(({ storage_fault }) => storage_fault ?? []);
    if (faults[0]) throw new Error(`${faults.length} of ${alive.length} packagers record nothing: ${FAULTS[faults[0]]}`);
    return disksWarning(alive.flatMap(({ disk }) => disk ?? []));
  }

  private heardSince(): Date {
    return new Date(this.clock.nowMs() - HEARTBEAT_MS);
  }

  private async holds(): Promise<string | undefined> {
    const usage = await this.db.selectFrom('hold_usage').select(['level', 'used_bytes', 'limit_bytes']).executeTakeFirst();
    return holdsWarning(usage);
  }
}

/** @param check rejects when it fails; a text it resolves with is a warning. */
async function attempt(check: () => Promise<unknown>): Promise<Checks['database']> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${CHECK_TIMEOUT_MS / 1000} seconds`)), CHECK_TIMEOUT_MS);
  });
  try {
    const warning = await Promise.race([check(), tooLate]);
    return typeof warning === 'string' ? { ok: true, detail: warning } : { ok: true };
  } catch (error) {
    return { ok: false, detail: withoutSecrets(error instanceof Error && error.message ? error.message : 'It failed') };
  } finally {
    clearTimeout(timer);
  }
}
