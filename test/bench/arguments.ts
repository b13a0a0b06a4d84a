import { parseArgs } from 'node:util';

/** `--cameras 40 --source rtsp`: whole numbers where the default is one. @throws on an unknown name or a bad number. */
export function benchArguments<T extends Record<string, string | number>>(defaults: T): T {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ options, args: process.argv.slice(2) });
  const entries = Object.entries(defaults).map(([name, fallback]) => {
    const given = values[name];
    if (given === undefined) return [name, fallback];
    if (typeof fallback === 'string') return [name, given];
    if (!/^\d+$/.test(given)) throw new Error(`--${name} is a whole number`);
    return [name, Number(given)];
  });
  return Object.fromEntries(entries) as T;
}

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
