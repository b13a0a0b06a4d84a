import { Controller } from '@nestjs/common';
import { type CurrentSession, PersonalTokens } from '@app/access';
import { type PersonalToken, type RouteInput, type RouteResponse, routes } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class TokensController {
  constructor(private readonly tokens: PersonalTokens) {}

  @Endpoint(routes.listTokens)
  async list(@CurrentUser() session: CurrentSession): Promise<{ items: PersonalToken[] }> {
    return { items: await this.tokens.list(session) };
  }

  @Endpoint(routes.createToken)
  create(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.createToken>,
  ): Promise<RouteResponse<typeof routes.createToken>> {
    return this.tokens.create(session, body);
  }

  @Endpoint(routes.revokeToken)
  revoke(@CurrentUser() session: CurrentSession, @Input() { params }: RouteInput<typeof routes.revokeToken>): Promise<void> {
    return this.tokens.revoke(session, params.id);
  }
}
