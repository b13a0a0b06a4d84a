import { parseArgs } from 'node:util';

export interface FsckArguments {
  cameraId: string | undefined;
  period: { fromMs: number; toMs: number } | undefined;
  repairIndex: boolean;
  json: boolean;
}

/** All that is wrong with the arguments, one line each. */
export class ArgumentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ArgumentError';
  }
}

const OPTIONS = {
  camera: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  'repair-index': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** With its zone: the machine's own would not be the station's. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** @throws ArgumentError with all problems at once */
export function parseFsckArguments(args: readonly string[]): FsckArguments {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`${token.value} is not an argument of fsck`);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name as keyof typeof OPTIONS] : undefined;
    if (!option) problems.push(`${token.rawName} is not an option of fsck`);
    else if (option.type === 'boolean' && token.value !== undefined) problems.push(`${token.rawName} takes no value`);
  }
  const text = (name: 'camera' | 'from' | 'to'): string | undefined => {
    const value = values[name];
    if (value === undefined || (typeof value === 'string' && value !== '' && !value.startsWith('--'))) return value;
    problems.push(`--${name} needs a value`);
    return undefined;
  };
  const cameraId = text('camera');
  if (cameraId !== undefined && !UUID.test(cameraId)) problems.push(`--camera ${cameraId} is not the id of a camera`);
  const period = periodOf(text('from'), text('to'), values, problems);
  if (problems.length > 0) throw new ArgumentError(problems);
  return {
    cameraId: cameraId?.toLowerCase(),
    period,
    repairIndex: values['repair-index'] === true,
    json: values.json === true,
  };
}

function periodOf(
  from: string | undefined,
  to: string | undefined,
  given: { from?: unknown; to?: unknown },
  problems: string[],
): FsckArguments['period'] {
  if ((given.from === undefined) !== (given.to === undefined)) problems.push('--from and --to are given together');
  const [fromMs, toMs] = [momentOf('from', from, problems), momentOf('to', to, problems)];
  if (fromMs === undefined || toMs === undefined) return undefined;
  if (fromMs >= toMs) problems.push('--from is before --to');
  return { fromMs, toMs };
}

function momentOf(name: string, value: string | undefined, problems: string[]): number | undefined {
  if (value === undefined) return undefined;
  const ms = MOMENT.test(value) ? Date.parse(value) : NaN;
  if (!Number.isNaN(ms)) return ms;
  problems.push(`--${name} ${value} is not a time like 2026-11-22T06:00:00Z or 2026-11-22T07:00+01:00`);
  return undefined;
}
