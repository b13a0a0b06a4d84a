import type { Db, Row, Tx } from '@app/database';
import { DomainError } from '@app/platform';
import { referenceHash } from './readable-code';

export type AccreditationRow = Row<'accreditations'>;
/** One that has been approved: what the database keeps together with its number. */
export type ApprovedRow = AccreditationRow & {
  number: string;
  organisation_id: string;
  scope_kind: NonNullable<AccreditationRow['scope_kind']>;
  scope_ids: string[];
  valid_from: Date;
  valid_to: Date;
};

export function isApproved(row: AccreditationRow): row is ApprovedRow {
  return row.number !== null;
}

/** @throws DomainError `accreditation.not-found` */
export async function rowById(db: Db | Tx, id: string): Promise<AccreditationRow> {
  const row = await db.selectFrom('accreditations').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** The row, and no other change of it before this transaction ends. @throws DomainError `accreditation.not-found` */
export async function lockedRow(tx: Tx, id: string): Promise<AccreditationRow> {
  const row = await tx.selectFrom('accreditations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** @throws DomainError `accreditation.reference-unknown`, also for what cannot be a reference */
export async function idByReference(db: Db | Tx, reference: string): Promise<string> {
  const reference_hash = referenceHash(reference);
  const row =
    reference_hash &&
    (await db.selectFrom('accreditations').select('id').where('reference_hash', '=', reference_hash).executeTakeFirst());
  if (!row) throw new DomainError('accreditation.reference-unknown', 'There is no application with this reference.');
  return row.id;
}

function notFound(): DomainError {
  return new DomainError('accreditation.not-found', 'There is no such accreditation.');
}
