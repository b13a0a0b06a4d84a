import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Identity } from '@app/access';
import { CONFIG, type Config } from '@app/config';
import { InvalidFields } from '@app/platform';

/** A reference is made from it, so it has to be as hard to guess: sixteen characters at least. */
const REQUEST_KEY = /^[\x21-\x7e]{16,200}$/;

/** What of a request of people without an account is of interest besides its body. */
@Injectable()
export class ApplicantsEdge {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly identity: Identity,
  ) {}

  /** Where people reach the public pages: as configured, else as this request reached us. */
  siteUrl(request: Request): string {
    return this.config.http.publicUrl ?? `${request.protocol}://${request.headers.host ?? 'localhost'}`;
  }

  /** Who sends it, if somebody who is signed in does. */
  async userOf(request: Request): Promise<string | undefined> {
    return (await this.identity.of(request.headers))?.user.id;
  }

  /** @throws InvalidFields */
  requestKey({ headers }: Request): string | undefined {
    const key = headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key === 'string' && REQUEST_KEY.test(key)) return key;
    throw new InvalidFields([{ field: 'Idempotency-Key', rule: 'has 16 to 200 visible ASCII characters' }], 'request.malformed');
  }
}
