import { codeAt, readDemoAccounts, STEP_MS } from '@app/access';
import { loadConfig } from '@app/config';

/** `pollglass code <role>`: what an authenticator app of a demo account would show now. */
export async function code(
  [role]: string[],
  env: Record<string, string | undefined>,
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
): Promise<number> {
  const accounts = (await readDemoAccounts(loadConfig(env).dataDirectory)) ?? [];
  const secret = accounts.find((account) => account.role === role)?.totpSecret;
  if (secret === undefined) {
    const roles = accounts.filter(({ totpSecret }) => totpSecret !== undefined).map((account) => account.role);
    stderr.write(
      `${roles.length === 0 ? 'There are no demo accounts in this data folder' : `Name one of ${roles.join(', ')}`}.\n`,
    );
    return 2;
  }
  const now = Date.now();
  stdout.write(`${codeAt(secret, now)}  (for ${Math.ceil((STEP_MS - (now % STEP_MS)) / 1000)} s)\n`);
  return 0;
}
