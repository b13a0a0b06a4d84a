import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type FileStore, type Logger, withoutSecrets } from '@app/platform';
import type { WorkFolders } from '../work-folders';
import type { CaseFile, CaseFiles } from './case-file';
import { BUILT, type BuildInput, type PackageBuilder, rangeOf } from './package-builder';
import type { PackageIndex } from './package-index';
import type { PackageRecord, PackageRow } from './package-record';
import { zipOf } from './package-zip';
import { PackageTooLarge, Staging } from './staging';

/** How long after the range its last segment may take to reach the index; then the package is made of what there is. */
const INDEX_PATIENCE_MS = 15_000;
const RETRY_MS = 1_000;
/** Progress is written down no more often than this. */
const STEP_PERCENT = 2;

export interface PackageParts {
  record: PackageRecord;
  cases: CaseFiles;
  index: PackageIndex;
  builder: PackageBuilder;
  store: FileStore;
  folders: WorkFolders;
  clock: Clock;
  logger: Logger;
  /** Files of one package together, bytes. */
  mostBytes: number;
}

export interface PackageTry {
  /** No other try comes after this one. */
  isLast: boolean;
  signal?: AbortSignal;
}

/** `not-yet`: another process makes it, or the footage of the range's end is not in the index. */
export type PackageOutcome = { kind: 'done' } | { kind: 'not-yet'; retryInMs: number };

/** Makes packages and keeps them. A package is offered when all of it lies in the store, never before. */
export class EvidencePackages {
  constructor(private readonly parts: PackageParts) {}

  /** Doing it again changes nothing. @throws Error when it may succeed later and this was not the last try */
  async make(id: string, attempt: PackageTry): Promise<PackageOutcome> {
    const { record, cases } = this.parts;
    const asked = await record.find(id);
    if (!asked || asked.state === 'ready' || asked.state === 'failed') return { kind: 'done' };
    const caseFile = await cases.read(asked.incident_id);
    if (!caseFile) throw new Error(`Incident ${asked.incident_id} of package ${id} is not there`);
    const retryInMs = await this.waitMs(caseFile);
    if (retryInMs > 0) return { kind: 'not-yet', retryInMs };
    const alone = await record.alone(id, () => this.tryOnce(id, caseFile, attempt));
    return alone ? { kind: 'done' } : { kind: 'not-yet', retryInMs: RETRY_MS };
  }

  private async tryOnce(id: string, caseFile: CaseFile, attempt: PackageTry): Promise<void> {
    const { record, logger } = this.parts;
    const row = await record.begin(id);
    if (!row) return;
    try {
      await this.makeAlone(row, caseFile, attempt.signal);
    } catch (error) {
      const isHopeless = error instanceof PackageTooLarge;
      if (attempt.signal?.aborted || (!attempt.isLast && !isHopeless)) throw error;
      logger.error({ err: error, packageId: id }, 'an evidence package cannot be made');
      await record.failed(id, `The package could not be made: ${withoutSecrets((error as Error).message)}`);
    }
  }

  private async makeAlone(row: PackageRow, caseFile: CaseFile, signal: AbortSignal | undefined): Promise<void> {
    const { record, cases, builder, store, folders, mostBytes } = this.parts;
    const file = `evidence/${row.id}.zip`;
    await store.removeUnfinished(file);
    const custody = await cases.custody(row.incident_id);
    const onProgress = this.steps(row.id);
    const made = await folders.anew(`package-${row.id}`, async (folder) => {
      const [staged, scratch] = [join(folder, 'files'), join(folder, 'scratch')];
      await mkdir(scratch, { recursive: true });
      const staging = new Staging(staged, mostBytes);
      const { language } = row;
      const input: BuildInput = { caseFile, custody, facts: factsOf(row), language, staging, scratch, onProgress, signal };
      const built = await builder.build(input);
      const total = built.entries.reduce((sum, { bytes }) => sum + bytes, 0);
      const zip = zipOf(built.entries, new Date(caseFile.incident.at));
      const written = (bytes: number) => onProgress(BUILT + Math.floor((9 * bytes) / total));
      const stored = await store.put(file, counted(zip, signal, written));
      return { file, ...stored, manifestSha256: built.manifestSha256 };
    });
    await record.ready(row.id, made);
  }

  private steps(id: string): (percent: number) => Promise<void> {
    let told = 0;
    return async (percent) => {
      if (percent < told + STEP_PERCENT) return;
      told = percent;
      await this.parts.record.progress(id, Math.min(percent, 99));
    };
  }

  /** 0: the index covers the range for all cameras, or has had its time. */
  private async waitMs(caseFile: CaseFile): Promise<number> {
    const { index, clock } = this.parts;
    const { to } = rangeOf(caseFile);
    const waitedMs = clock.nowMs() - to;
    if (waitedMs >= INDEX_PATIENCE_MS) return 0;
    const known = await Promise.all(caseFile.cameras.map(({ id }) => index.knownUntil(id)));
    return known.every((until) => until >= to) ? 0 : Math.max(RETRY_MS, -waitedMs);
  }
}

function factsOf(row: PackageRow) {
  return {
    packageId: row.id,
    reason: row.reason,
    recipient: row.recipient,
    requestedBy: { id: row.requested_by, name: row.requester },
    requestedAt: row.requested_at.toISOString(),
  };
}

async function* counted(
  stream: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => Promise<void>,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    yield chunk;
    bytes += chunk.length;
    await onBytes(bytes);
  }
}
