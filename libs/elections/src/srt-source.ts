import { type Address, refuse } from './source-address';

/** The parameters of an SRT address that may be set, and the form of each. `latency` counts microseconds, as ffmpeg does. */
const PARAMETERS: Record<string, { form: RegExp; rule: string }> = {
  mode: { form: /^(?:caller|listener)$/, rule: 'is caller or listener' },
  passphrase: { form: /^.{10,79}$/, rule: 'has 10 to 79 characters' },
  pbkeylen: { form: /^(?:16|24|32)$/, rule: 'is 16, 24 or 32' },
  streamid: { form: /^.{1,512}$/, rule: 'has at most 512 characters' },
  latency: { form: /^\d{1,8}$/, rule: 'is a number of microseconds' },
};

export function checkSrt({ userInfo, port, path, query }: Address): void {
  if (userInfo !== undefined) refuse('has user and password, which SRT does not know; use passphrase or streamid');
  if (port === undefined) refuse('names no port, and SRT has no usual one');
  if (path !== '' && path !== '/') refuse('has a path, which SRT does not know; use streamid');
  for (const name of new Set(query.keys())) {
    const known = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (!known) refuse(`has a parameter other than ${Object.keys(PARAMETERS).join(', ')}`);
    const values = query.getAll(name);
    if (values.length > 1) refuse(`has the parameter ${name} twice`);
    if (!known.form.test(values[0] ?? '')) refuse(`has a parameter that is wrong: ${name} ${known.rule}`);
  }
}
