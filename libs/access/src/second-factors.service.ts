import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db, type Tx } from '@app/database';
import { Clock, DomainError, SecretBox } from '@app/platform';
import { AttemptLimit } from './attempt-limit';
import { recoveryCodeHash } from './recovery-codes';
import { stepOfCode } from './totp';

export const FACTOR_ATTEMPTS = 10;
export const FACTOR_WINDOW_MS = 10 * 60_000;

/** What somebody shows besides the password. */
export interface ShownFactor {
  totp?: string | undefined;
  recoveryCode?: string | undefined;
}

/** Second factors as they are shown. Setting them up is `SecondFactorSetups`. */
@Injectable()
export class SecondFactors {
  /** For an account over all addresses: only who knows its password gets this far. */
  private readonly limit: AttemptLimit;

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {
    this.limit = new AttemptLimit(clock, FACTOR_ATTEMPTS, FACTOR_WINDOW_MS);
  }

  /**
   * Takes a code, if the account has a second factor. A code is taken once, however many ask at the same time.
   * @returns false when the account has none
   * @throws DomainError `session.second-factor-needed`, `session.second-factor-wrong`, `request.too-many`
   */
  async prove(userId: string, shown: ShownFactor): Promise<boolean> {
    const factor = await this.db.selectFrom('second_factors').select('secret').where('user_id', '=', userId).executeTakeFirst();
    if (!factor?.secret) return false;
    if (shown.totp === undefined && shown.recoveryCode === undefined)
      throw new DomainError('session.second-factor-needed', 'Type the code of your authenticator app.');
    this.limit.count(userId);
    const taken =
      shown.totp === undefined
        ? await this.takeRecoveryCode(userId, shown.recoveryCode ?? '')
        : await takeTotp(this.db, userId, this.box.open(factorOwner(userId), factor.secret), shown.totp, this.clock.nowMs());
    if (!taken)
      throw new DomainError('session.second-factor-wrong', 'This code is wrong, or was used before. Wait for the next one.');
    this.limit.forget(userId);
    return true;
  }

  private async takeRecoveryCode(userId: string, code: string): Promise<boolean> {
    const used = await this.db
      .updateTable('recovery_codes')
      .set({ used_at: this.clock.now() })
      .where('user_id', '=', userId)
      .where('code_hash', '=', recoveryCodeHash(userId, code))
      .where('used_at', 'is', null)
      .returning('user_id')
      .executeTakeFirst();
    return used !== undefined;
  }
}

/** What a secret is sealed for. */
export const factorOwner = (userId: string): string => `second factor of ${userId}`;

/** Uses up the time step of the code: of two who show the same code at once, one is refused. */
export async function takeTotp(db: Db | Tx, userId: string, secret: string, code: string, nowMs: number): Promise<boolean> {
  const step = stepOfCode(secret, code, nowMs);
  if (step === undefined) return false;
  const taken = await db
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .returning('user_id')
    .executeTakeFirst();
  return taken !== undefined;
}
