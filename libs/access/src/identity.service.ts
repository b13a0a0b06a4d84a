import { Injectable } from '@nestjs/common';
import type { CurrentSession } from './current-session';
import { PersonalTokens } from './personal-tokens.service';
import { Sessions } from './sessions.service';

/** The headers that say who asks. */
export interface IdentityHeaders {
  cookie?: string | undefined;
  authorization?: string | undefined;
}

/** Recognizes whoever asks, by the cookie of a browser or the token of a program. */
@Injectable()
export class Identity {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: PersonalTokens,
  ) {}

  /** A token that is sent counts alone: a wrong one is not made up for by a cookie. */
  async of({ cookie, authorization }: IdentityHeaders): Promise<CurrentSession | undefined> {
    if (authorization === undefined) return this.sessions.ofCookie(cookie);
    const token = /^Bearer +([\w-]{1,200})$/i.exec(authorization)?.[1];
    return token === undefined ? undefined : this.tokens.ofToken(token);
  }

  /** The same as it is now, undefined when session or token ended. */
  again({ by }: CurrentSession): Promise<CurrentSession | undefined> {
    return by.kind === 'session' ? this.sessions.again(by.id) : this.tokens.again(by.id);
  }
}
