import { Inject, Injectable } from '@nestjs/common';
import type { Badge } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type AccreditationRow, idByReference, isApproved, rowById } from './accreditation-rows';
import { checkUrlOf, qrPath } from './badge';
import { type Decider, requireDecider } from './deciders';
import { toWords } from './scopes';
import { stateAt } from './transitions';

/** What is printed and worn. It bears a name, so only its holder and the deciders get it. */
@Injectable()
export class Badges {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /**
   * @param siteUrl where the public pages are, for the QR code
   * @throws DomainError `accreditation.reference-unknown`, `accreditation.not-allowed-now` when there is no badge
   */
  async own(reference: string, siteUrl: string): Promise<Badge> {
    return this.badgeOf(await rowById(this.db, await idByReference(this.db, reference)), siteUrl);
  }

  /** @throws DomainError `access.denied`, `accreditation.not-found`, `accreditation.not-allowed-now` */
  async get(session: Decider, id: string, siteUrl: string): Promise<Badge> {
    const row = await rowById(this.db, id);
    requireDecider(session, row);
    return this.badgeOf(row, siteUrl);
  }

  private async badgeOf(row: AccreditationRow, siteUrl: string): Promise<Badge> {
    const now = this.clock.now();
    const state = stateAt({ state: row.state, validTo: row.valid_to }, now);
    // One that is not valid any more is printed for nobody.
    if (!isApproved(row) || state !== 'approved')
      throw new DomainError('accreditation.not-allowed-now', 'A badge comes with an accreditation that is valid.', { state });
    const [{ words }, organisation, election] = await Promise.all([
      toWords(this.db, row),
      this.db.selectFrom('organisations').select('name').where('id', '=', row.organisation_id).executeTakeFirstOrThrow(),
      this.db.selectFrom('elections').select('name').where('id', '=', row.election_id).executeTakeFirstOrThrow(),
    ]);
    const checkUrl = checkUrlOf(siteUrl, row.number);
    return {
      number: row.number,
      valid: row.valid_from <= now,
      name: row.name,
      organisation: organisation.name,
      kind: row.kind,
      election: election.name,
      scope: words,
      validFrom: row.valid_from.toISOString(),
      validTo: row.valid_to.toISOString(),
      checkUrl,
      qr: qrPath(checkUrl),
    };
  }
}
