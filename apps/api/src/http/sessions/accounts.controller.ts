import { Controller } from '@nestjs/common';
import { AccountAdmin, type CurrentSession, Grants } from '@app/access';
import { type Account, type Page, type RouteInput, type RouteResponse, routes } from '@app/contracts';
import { CurrentUser, Endpoint, Input } from '../endpoint';

@Controller()
export class AccountsController {
  constructor(
    private readonly accounts: AccountAdmin,
    private readonly grants: Grants,
  ) {}

  @Endpoint(routes.listAccounts)
  list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listAccounts>,
  ): Promise<Page<Account>> {
    return this.accounts.list(session, query);
  }

  @Endpoint(routes.createAccount)
  create(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.createAccount>,
  ): Promise<RouteResponse<typeof routes.createAccount>> {
    return this.accounts.create(session, body);
  }

  @Endpoint(routes.getAccount)
  get(@CurrentUser() session: CurrentSession, @Input() { params }: RouteInput<typeof routes.getAccount>): Promise<Account> {
    return this.accounts.get(session, params.id);
  }

  @Endpoint(routes.giveGrant)
  give(@CurrentUser() session: CurrentSession, @Input() { params, body }: RouteInput<typeof routes.giveGrant>): Promise<Account> {
    return this.grants.give(session, params.id, body);
  }

  @Endpoint(routes.endGrant)
  end(@CurrentUser() session: CurrentSession, @Input() { params, body }: RouteInput<typeof routes.endGrant>): Promise<Account> {
    return this.grants.end(session, params.id, params.grantId, body.reason);
  }

  @Endpoint(routes.disableAccount)
  disable(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.disableAccount>,
  ): Promise<Account> {
    return this.accounts.disable(session, params.id, body.reason);
  }

  @Endpoint(routes.enableAccount)
  enable(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.enableAccount>,
  ): Promise<Account> {
    return this.accounts.enable(session, params.id, body.reason);
  }

  @Endpoint(routes.resetSecondFactor)
  resetSecondFactor(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.resetSecondFactor>,
  ): Promise<Account> {
    return this.accounts.resetSecondFactor(session, params.id, body.reason);
  }
}
