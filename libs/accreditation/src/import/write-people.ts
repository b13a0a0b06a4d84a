import { createHash, randomUUID } from 'node:crypto';
import type { HeldGrant } from '@app/access';
import type { NewRow, Tx } from '@app/database';
import { recordStep } from '../history';
import { organisationNamed } from '../organisations';
import { newNumber, referenceFor, referenceHash } from '../readable-code';
import type { StoredScope } from '../scopes';
import type { ImportedPerson } from './person-row';

const ROWS_A_STATEMENT = 500;

interface Writing {
  electionId: string;
  now: Date;
  userId: string;
  grant: HeldGrant;
  key: Buffer;
}

/** Writes people as accredited. @returns what each of them has to be handed out, secret references among it */
export async function writePeople(
  tx: Tx,
  people: readonly { id: string; person: ImportedPerson; scope: StoredScope }[],
  { electionId, now, userId, grant, key }: Writing,
): Promise<{ line: number; name: string; number: string; reference: string }[]> {
  const organisations = new Map<string, string>();
  for (const { person } of people)
    if (!organisations.has(person.organisation))
      organisations.set(person.organisation, await organisationNamed(tx, person.organisation, person.kind));
  const written = people.map(({ id, person, scope }) => {
    const [number, reference] = [newNumber(), referenceFor(key, randomUUID())];
    const row: NewRow<'accreditations'> = {
      ...scope,
      id,
      election_id: electionId,
      state: 'approved',
      reference_hash: referenceHash(reference) as Buffer,
      request_hash: createHash('sha256').update(id).digest(),
      name: person.name,
      email: person.email,
      phone: person.phone,
      kind: person.kind,
      organisation: person.organisation,
      organisation_id: organisations.get(person.organisation) ?? null,
      // Whoever decides for these places decides on what becomes of it, too.
      wished_regions: scope.scope_kind === 'regions' ? scope.scope_ids : [],
      submitted_at: now,
      imported: true,
      due_at: now,
      decided_at: now,
      reason: person.reason,
      number,
      valid_from: person.validFrom,
      valid_to: person.validTo,
    };
    return { row, told: { line: person.line, name: person.name, number, reference } };
  });
  for (let start = 0; start < written.length; start += ROWS_A_STATEMENT)
    await tx
      .insertInto('accreditations')
      .values(written.slice(start, start + ROWS_A_STATEMENT).map(({ row }) => row))
      .execute();
  for (const { row, told } of written) {
    const accreditation = { id: row.id, election_id: electionId };
    const actor = { kind: 'decider', userId, grant } as const;
    const detail = { imported: true, number: told.number };
    const step = { accreditation, action: 'approve', from: null, to: 'approved', at: now, actor, detail } as const;
    await recordStep(tx, { ...step, reason: row.reason ?? null });
  }
  return written.map(({ told }) => told);
}
