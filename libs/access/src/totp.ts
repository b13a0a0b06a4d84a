import { Secret, TOTP } from 'otpauth';

export const STEP_MS = 30_000;
/** Codes of the step before and after are taken too: clocks of telephones are a little off, and people type slowly. */
const SKEW_STEPS = 1;
const SECRET_BYTES = 20;

const generatorOf = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer: 'Pollglass',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_MS / 1000,
  });

/** A new secret, in base32 as authenticator apps want it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an authenticator app reads from the picture. */
export function totpUri(secret: string, email: string): string {
  return generatorOf(secret, email).toString();
}

/** @returns the number of the time step whose code this is, or undefined when it is the code of none that is taken now */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const token = code.replace(/\s/g, '');
  const delta = generatorOf(secret).validate({ token, timestamp: nowMs, window: SKEW_STEPS });
  return delta === null ? undefined : Math.floor(nowMs / STEP_MS) + delta;
}

/** The code that an app with this secret shows at a time. */
export function codeAt(secret: string, ms: number): string {
  return generatorOf(secret).generate({ timestamp: ms });
}
