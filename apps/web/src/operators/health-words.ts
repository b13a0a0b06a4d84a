import type { Ready } from '@app/contracts';
import type { Tone } from '../station/camera-words';

interface HealthLine {
  name: string;
  tone: Tone;
  word: string;
  detail: string | null;
}

const NAMES: readonly [keyof Ready['checks'], string][] = [
  ['storage', 'Recording disk'],
  ['packagers', 'Recorders'],
  ['holds', 'Held footage'],
  ['database', 'Database'],
  ['queue', 'Job queue'],
];

/** What the server says of its parts, in words; the detail is the server's own sentence. */
export const healthLines = ({ checks }: Ready): HealthLine[] =>
  NAMES.map(([key, name]) => {
    const { ok, detail } = checks[key];
    if (!ok) return { name, tone: 'down', word: 'Failing', detail: detail ?? null };
    if (detail !== undefined) return { name, tone: 'late', word: 'Needs attention', detail };
    return { name, tone: 'live', word: key === 'storage' ? 'Enough room' : 'In order', detail: null };
  });
