import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type CurrentSession, OwnPassword, requireBrowser, sessionCookie, Sessions, SignIn } from '@app/access';
import { CONFIG, type Config } from '@app/config';
import { type OpenSession, type RouteInput, routes, type Session } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { toSession } from './session-view';

@Controller()
export class SessionsController {
  constructor(
    private readonly signIns: SignIn,
    private readonly sessions: Sessions,
    private readonly passwords: OwnPassword,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Endpoint(routes.signIn)
  async signIn(
    @Input() { body }: RouteInput<typeof routes.signIn>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const { token, session } = await this.signIns.signIn(body, originOf(request));
    // Whatever the browser came with is over: nobody can have planted it for later.
    const before = await this.sessions.ofCookie(request.headers.cookie);
    if (before?.by.kind === 'session') await this.sessions.end(before, before.by.id);
    this.setCookie(response, token);
    return toSession(session);
  }

  @Endpoint(routes.currentSession)
  current(@CurrentUser() session: CurrentSession): Session {
    return toSession(session);
  }

  @Endpoint(routes.signOut)
  async signOut(@CurrentUser() session: CurrentSession, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(session, requireBrowser(session).sessionId);
    this.setCookie(response, undefined);
  }

  @Endpoint(routes.stepUp)
  async stepUp(@CurrentUser() session: CurrentSession, @Input() { body }: RouteInput<typeof routes.stepUp>): Promise<Session> {
    await this.signIns.stepUp(session, body.totp);
    const now = await this.sessions.again(requireBrowser(session).sessionId);
    return toSession(now ?? session);
  }

  @Endpoint(routes.changePassword)
  changePassword(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.changePassword>,
    @Req() request: Request,
  ): Promise<void> {
    return this.passwords.change(session, body.password, body.newPassword, originOf(request).address);
  }

  @Endpoint(routes.listSessions)
  async list(@CurrentUser() session: CurrentSession): Promise<{ items: OpenSession[] }> {
    return { items: await this.sessions.list(session) };
  }

  @Endpoint(routes.endSession)
  end(@CurrentUser() session: CurrentSession, @Input() { params }: RouteInput<typeof routes.endSession>): Promise<void> {
    return this.sessions.end(session, params.id);
  }

  @Endpoint(routes.endAllSessions)
  async endAll(@CurrentUser() session: CurrentSession, @Res({ passthrough: true }) response: Response): Promise<void> {
    requireBrowser(session);
    await this.sessions.endAll(session.user.id);
    this.setCookie(response, undefined);
  }

  private setCookie(response: Response, token: string | undefined): void {
    response.setHeader('Set-Cookie', sessionCookie(token, this.config.http.secureCookies));
    response.setHeader('Cache-Control', 'no-store');
  }
}

function originOf(request: Request): { address: string; userAgent: string } {
  return { address: request.ip ?? 'unknown', userAgent: request.headers['user-agent'] ?? '' };
}
