import type { ClipState } from '@app/contracts';

export interface ClipWords {
  short: string;
  title: string;
  detail: string | null;
}

/** Where the footage of a flag is, in words. */
export const clipWords = (clip: ClipState): ClipWords => {
  switch (clip.state) {
    case 'waiting':
      return {
        short: 'clip waits for the end',
        title: 'The flagged moment is not over yet',
        detail: 'The clip is made as soon as its last second is filmed.',
      };
    case 'cutting':
      return { short: 'clip is being made', title: 'The clip is being made', detail: 'It takes a few seconds.' };
    case 'ready':
      return {
        short: clip.gapSeconds > 0 ? `clip ready, ${seconds(clip.gapSeconds)} missing` : 'clip ready',
        title: 'Clip ready',
        detail: clip.gapSeconds > 0 ? `${seconds(clip.gapSeconds)} of this range were not recorded.` : null,
      };
    case 'failed':
      return { short: 'no clip', title: 'There is no clip of this flag', detail: clip.reason };
  }
};

const seconds = (value: number): string => `${Math.round(value * 10) / 10} s`;
