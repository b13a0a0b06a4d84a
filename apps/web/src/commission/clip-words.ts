import type { ClipState } from '@app/contracts';
import { decimalText } from '../time/format';
import { t } from '../words';

export interface ClipWords {
  short: string;
  title: string;
  detail: string | null;
}

/** Where the footage of a flag is, in words. */
export const clipWords = (clip: ClipState): ClipWords => {
  switch (clip.state) {
    case 'waiting':
    case 'cutting':
      return {
        short: t(`commission:clip.${clip.state}.short`),
        title: t(`commission:clip.${clip.state}.title`),
        detail: t(`commission:clip.${clip.state}.detail`),
      };
    case 'ready':
      return { title: t('commission:clip.ready.title'), ...gapWords(clip.gapSeconds) };
    case 'failed':
      return { short: t('commission:clip.failed.short'), title: t('commission:clip.failed.title'), detail: clip.reason };
  }
};

const gapWords = (gapSeconds: number): Pick<ClipWords, 'short' | 'detail'> => {
  if (gapSeconds <= 0) return { short: t('commission:clip.ready.short'), detail: null };
  const missing = t('time:seconds', { seconds: decimalText(gapSeconds) });
  return { short: t('commission:clip.ready.shortOfGaps', { missing }), detail: t('commission:clip.ready.gaps', { missing }) };
};
