import { readFile } from 'node:fs/promises';

export interface SystemAccount {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: as root we drop to `postgres` where that account exists, else to `nobody`. */
const CANDIDATES = ['postgres', 'nobody'];

/** @returns undefined when this process is not root and can run PostgreSQL itself. */
export async function unprivilegedAccount(): Promise<SystemAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parsePasswd(await readFile('/etc/passwd', 'utf8'));
  for (const name of CANDIDATES) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new Error(
    `PostgreSQL does not run as root, and there is no account named ${CANDIDATES.join(' or ')} to run it as. Start Pollglass as another user, or set DATABASE_URL.`,
  );
}

/** `name:password:uid:gid:…`, one account a line. */
export function parsePasswd(text: string): SystemAccount[] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }));
}
