import type { Ready } from '@app/contracts';
import type { Tone } from '../station/camera-words';
import { t } from '../words';

interface HealthLine {
  name: string;
  tone: Tone;
  word: string;
  detail: string | null;
}

const ORDER = ['storage', 'packagers', 'holds', 'database', 'queue'] as const satisfies readonly (keyof Ready['checks'])[];

/** What the server says of its parts, in words; the detail is the server's own sentence. */
export const healthLines = ({ checks }: Ready): HealthLine[] =>
  ORDER.map((key) => {
    const name = t(`operators:health.${key}`);
    const { ok, detail } = checks[key];
    if (!ok) return { name, tone: 'down', word: t('operators:healthWords.failing'), detail: detail ?? null };
    if (detail !== undefined) return { name, tone: 'late', word: t('operators:healthWords.attention'), detail };
    return {
      name,
      tone: 'live',
      word: t(key === 'storage' ? 'operators:healthWords.room' : 'operators:healthWords.fine'),
      detail: null,
    };
  });
