import { codeAt, newTotpSecret, STEP_MS, stepOfCode, totpUri } from './totp';

/** The secret and a value of RFC 6238, appendix B, of which six digits are left. */
const RFC = { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', atMs: 1_111_111_109_000, code: '081804' };

describe('codes of authenticator apps', () => {
  it('are those of the standard', () => {
    expect(codeAt(RFC.secret, RFC.atMs)).toBe(RFC.code);
    expect(stepOfCode(RFC.secret, RFC.code, RFC.atMs)).toBe(Math.floor(RFC.atMs / STEP_MS));
    expect(stepOfCode(RFC.secret, '081 804', RFC.atMs)).toBe(Math.floor(RFC.atMs / STEP_MS));
  });

  it('are taken of this step and its neighbours, and named by their own step', () => {
    const secret = newTotpSecret();
    const now = 1_700_000_000_000;
    const step = Math.floor(now / STEP_MS);
    for (const off of [-1, 0, 1]) expect(stepOfCode(secret, codeAt(secret, now + off * STEP_MS), now)).toBe(step + off);
    for (const off of [-2, 2]) expect(stepOfCode(secret, codeAt(secret, now + off * STEP_MS), now)).toBeUndefined();
  });

  it('need 160 bits that nobody else has', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(newTotpSecret());
  });

  it('go into an app by an address that names product and account', () => {
    const uri = new URL(totpUri(RFC.secret, 'ana@example.org'));
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Pollglass:ana@example.org',
    ]);
    expect(uri.searchParams.get('secret')).toBe(RFC.secret);
  });
});
