import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { loadSecretKey, SecretBox } from '@app/platform';
import { AccountAdmin } from './account-admin.service';
import { Grants } from './grants.service';
import { Identity } from './identity.service';
import { OwnPassword } from './own-password.service';
import { PersonalTokens } from './personal-tokens.service';
import { RightsSignal } from './rights-signal';
import { SecondFactorSetups } from './second-factor-setups.service';
import { SecondFactors } from './second-factors.service';
import { Sessions } from './sessions.service';
import { SignInLimit } from './sign-in-limit';
import { SignIn } from './sign-in.service';
import { SignInTrail } from './sign-in-trail';
import { SocketRights } from './socket-rights';

const services = [
  AccountAdmin,
  Grants,
  Identity,
  OwnPassword,
  PersonalTokens,
  SecondFactorSetups,
  Sessions,
  SignIn,
  SocketRights,
];

@Module({
  providers: [
    ...services,
    RightsSignal,
    SecondFactors,
    SignInLimit,
    SignInTrail,
    { provide: SecretBox, useFactory: async (config: Config) => new SecretBox(await loadSecretKey(config)), inject: [CONFIG] },
  ],
  exports: [...services, RightsSignal],
})
export class AccessModule {}
