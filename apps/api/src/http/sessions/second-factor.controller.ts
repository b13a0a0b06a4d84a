import { Controller } from '@nestjs/common';
import { type CurrentSession, SecondFactorSetups } from '@app/access';
import { type RouteInput, type RouteResponse, routes, type SecondFactor, type SecondFactorSetup } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class SecondFactorController {
  constructor(private readonly setups: SecondFactorSetups) {}

  @Endpoint(routes.getSecondFactor)
  state(@CurrentUser() session: CurrentSession): Promise<SecondFactor> {
    return this.setups.state(session);
  }

  @Endpoint(routes.beginSecondFactor)
  begin(@CurrentUser() session: CurrentSession): Promise<SecondFactorSetup> {
    return this.setups.begin(session);
  }

  @Endpoint(routes.confirmSecondFactor)
  async confirm(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.confirmSecondFactor>,
  ): Promise<RouteResponse<typeof routes.confirmSecondFactor>> {
    return { recoveryCodes: await this.setups.confirm(session, body.totp) };
  }

  @Endpoint(routes.renewRecoveryCodes)
  async renew(@CurrentUser() session: CurrentSession): Promise<RouteResponse<typeof routes.renewRecoveryCodes>> {
    return { recoveryCodes: await this.setups.renewRecoveryCodes(session) };
  }
}
