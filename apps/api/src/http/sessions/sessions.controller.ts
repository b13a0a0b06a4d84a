import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type CurrentSession, sessionCookie, Sessions } from '@app/access';
import { CONFIG, type Config } from '@app/config';
import { type RouteInput, routes, type Session } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Endpoint(routes.signIn)
  async signIn(
    @Input() { body }: RouteInput<typeof routes.signIn>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const { token, session } = await this.sessions.signIn(body.email, body.password, request.ip ?? 'unknown');
    this.setCookie(response, token);
    return toSession(session);
  }

  @Endpoint(routes.currentSession)
  current(@CurrentUser() session: CurrentSession): Session {
    return toSession(session);
  }

  @Endpoint(routes.signOut)
  async signOut(@CurrentUser() session: CurrentSession, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.signOut(session);
    this.setCookie(response, undefined);
  }

  private setCookie(response: Response, token: string | undefined): void {
    response.setHeader('Set-Cookie', sessionCookie(token, this.config.http.secureCookies));
    response.setHeader('Cache-Control', 'no-store');
  }
}

function toSession({ user, permissions }: CurrentSession): Session {
  return { user, permissions };
}
