import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '@app/audit';
import { type AccreditationDocument, MAX_DOCUMENT_BYTES, MAX_DOCUMENTS } from '@app/contracts';
import { DB, type Db, type Row } from '@app/database';
import { Clock, DomainError, FileStore } from '@app/platform';
import { idByReference, lockedRow, rowById } from './accreditation-rows';
import { toDocument } from './accreditation-view';
import { type Decider, requireDecider } from './deciders';
import { checkDocument } from './document-type';
import { auditActor } from './history';

/** What applicants show of themselves: kept outside of everything that is served, read by deciders only. */
@Injectable()
export class Documents {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds a document while the application is open.
   * @throws DomainError `accreditation.reference-unknown`, `accreditation.not-allowed-now`, `request.too-large`,
   * `accreditation.too-many-documents`, `accreditation.document-refused`
   */
  async add(reference: string, name: string, body: AsyncIterable<Buffer>): Promise<AccreditationDocument> {
    const accreditation_id = await idByReference(this.db, reference);
    await this.refuseFull(accreditation_id);
    const bytes = await readBounded(body);
    const checked = checkDocument(name, bytes);
    if (checked.kind === 'refused')
      throw new DomainError('accreditation.document-refused', `The file ${checked.rule}.`, [
        { field: 'document', rule: checked.rule },
      ]);
    const id = randomUUID();
    const file = `accreditation/${accreditation_id}/${id}`;
    const { sha256 } = await this.store.put(file, only(bytes));
    const row = { id, accreditation_id, name, type: checked.type, bytes: bytes.length, sha256, file, added_at: this.clock.now() };
    try {
      await this.write(row);
    } catch (error) {
      await this.store.remove(file);
      throw error;
    }
    return toDocument(row);
  }

  /**
   * The bytes of a document, for deciders. That they were looked at is on record before the first of them is sent.
   * @throws DomainError `access.denied`, `accreditation.not-found`
   */
  async open(
    session: Decider,
    accreditationId: string,
    documentId: string,
  ): Promise<{ document: AccreditationDocument; content: Readable }> {
    const row = await rowById(this.db, accreditationId);
    const grant = requireDecider(session, row);
    const document = await this.db
      .selectFrom('accreditation_documents')
      .selectAll()
      .where('id', '=', documentId)
      .where('accreditation_id', '=', accreditationId)
      .executeTakeFirst();
    if (!document) throw new DomainError('accreditation.not-found', 'There is no such document.');
    await this.db.transaction().execute((tx) =>
      AuditLog.append(tx, {
        ...auditActor({ kind: 'decider', userId: session.user.id, grant }),
        electionId: row.election_id,
        action: 'accreditation.document-read',
        subject: { kind: 'accreditation', id: row.id },
        at: this.clock.now(),
        detail: { documentId, sha256: document.sha256 },
      }),
    );
    return { document: toDocument(document), content: this.store.read(document.file) };
  }

  /** The row of the application is locked: of several uploads at once no more are counted than there is room for. */
  private async write(document: Row<'accreditation_documents'>): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      refuseDecided(await lockedRow(tx, document.accreditation_id));
      const { count } = await tx
        .selectFrom('accreditation_documents')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('accreditation_id', '=', document.accreditation_id)
        .executeTakeFirstOrThrow();
      refuseCount(count);
      await tx.insertInto('accreditation_documents').values(document).execute();
    });
  }

  /** The same, before five megabytes are read for nothing. */
  private async refuseFull(id: string): Promise<void> {
    refuseDecided(await rowById(this.db, id));
    const rows = await this.db.selectFrom('accreditation_documents').select('id').where('accreditation_id', '=', id).execute();
    refuseCount(rows.length);
  }
}

function refuseDecided({ state }: { state: string }): void {
  if (state === 'submitted' || state === 'needs_info') return;
  throw new DomainError('accreditation.not-allowed-now', 'Documents are added before the decision.', { state });
}

function refuseCount(count: number): void {
  if (count < MAX_DOCUMENTS) return;
  throw new DomainError('accreditation.too-many-documents', `An application has at most ${MAX_DOCUMENTS} documents.`);
}

async function readBounded(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_DOCUMENT_BYTES)
      throw new DomainError('request.too-large', `A document has at most ${MAX_DOCUMENT_BYTES / 1_048_576} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
