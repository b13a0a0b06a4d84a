import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { requireAccess, requireStepUp } from '@app/access';
import type { AccreditationImportResult, ImportProblem } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { Elections, readSheet, refuseProblems } from '@app/elections';
import { Clock } from '@app/platform';
import type { z } from 'zod';
import { REFERENCE_KEY } from '../applications.service';
import { type Decider, requireDeciderOf } from '../deciders';
import { placesOf, type StoredScope } from '../scopes';
import { type Column, type Columns, readColumns } from './columns';
import { type ImportedPerson, readPerson } from './person-row';
import { PlaceFinder } from './place-finder';
import { writePeople } from './write-people';

/** Imports wait for each other: of two with the same person, the second one sees the first one's. */
const IMPORT_LOCK = 7_012_013;
type Result = z.output<typeof AccreditationImportResult>;

/** People whom a commission accredits by a list, decided already. */
@Injectable()
export class AccreditationImport {
  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(REFERENCE_KEY) private readonly key: Buffer,
    private readonly elections: Elections,
    private readonly clock: Clock,
  ) {}

  /**
   * Accredits all people of a CSV or, if any row is bad, nobody. The answer holds the secret reference of each, once:
   * the commission hands them out.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `import.invalid` with up to 1,000 problems, `request.too-large`, `election.not-found`
   */
  async import(session: Decider, body: AsyncIterable<Buffer>, options: { dryRun: boolean }): Promise<Result> {
    requireAccess(session, 'accreditation.decide');
    if (!options.dryRun) requireStepUp(session);
    const election = await this.elections.requireCurrent();
    let at: Columns['at'] = {};
    const { rows, problems } = await readSheet<Columns, ImportedPerson>(body, {
      columns: (header) => {
        const read = readColumns(header);
        at = read.columns.at;
        return read;
      },
      row: readPerson,
      identity: ({ email }, columns) => ({
        key: email.toLowerCase(),
        column: (columns.at.email ?? 0) + 1,
        code: 'person.duplicate',
        what: 'e-mail address',
      }),
    });
    refuseProblems(problems);
    return this.db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(tx);
      const found = await this.find(tx, session, election.id, rows, at);
      if (options.dryRun || rows.length === 0) return { dryRun: options.dryRun, accreditations: rows.length, people: [] };
      const [first] = await Promise.all(found.slice(0, 1).map(({ scope }) => placesOf(tx, election.id, scope)));
      const grant = requireDeciderOf(session, first ?? []);
      const written = { electionId: election.id, now: this.clock.now(), userId: session.user.id, grant, key: this.key };
      return { dryRun: false, accreditations: rows.length, people: await writePeople(tx, found, written) };
    });
  }

  /** Each person with the places' ids. @throws DomainError `import.invalid`, `access.denied` for places beyond the session's */
  private async find(tx: Tx, session: Decider, electionId: string, people: readonly ImportedPerson[], at: Columns['at']) {
    const [finder, accredited] = await Promise.all([
      PlaceFinder.of(
        tx,
        electionId,
        people.map(({ places }) => places),
      ),
      this.accredited(tx, electionId, people),
    ]);
    const problems: ImportProblem[] = [];
    const found: { id: string; person: ImportedPerson; scope: StoredScope }[] = [];
    for (const person of people) {
      const bad = (column: Column, code: string, message: string) =>
        void problems.push({ line: person.line, column: (at[column] ?? 0) + 1, code, message });
      const email = person.email.toLowerCase();
      const number = accredited.get(email);
      if (email === session.user.email.toLowerCase())
        bad('email', 'accreditation.own-application', 'Somebody else decides on you.');
      if (number !== undefined)
        bad('email', 'accreditation.already-accredited', `This address is accredited already, under ${number}.`);
      const places = finder.find(person.places);
      if (places.kind === 'unknown') bad(places.column, 'person.places', places.message);
      else found.push({ id: randomUUID(), person, scope: places.scope });
    }
    refuseProblems(problems);
    for (const { scope } of found) requireDeciderOf(session, await placesOf(tx, electionId, scope));
    return found;
  }

  /** Numbers that are valid now or will be, by e-mail address. */
  private async accredited(tx: Tx, electionId: string, people: readonly ImportedPerson[]): Promise<Map<string, string>> {
    const emails = people.map(({ email }) => email.toLowerCase());
    const rows = await tx
      .selectFrom('accreditations')
      .select(['email', 'number'])
      .where('election_id', '=', electionId)
      .where('state', 'in', ['approved', 'suspended'])
      .where('valid_to', '>', this.clock.now())
      .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', eb.fn.any(eb.val(emails))))
      .execute();
    return new Map(rows.map((row) => [row.email.toLowerCase(), row.number ?? '']));
  }
}
