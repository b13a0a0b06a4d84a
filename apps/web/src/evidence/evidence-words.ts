import type { EvidenceJob } from '@app/contracts';

/** How far a package is, in a sentence. */
export const progressWords = ({ state, progress }: Pick<EvidenceJob, 'state' | 'progress'>): string => {
  if (state === 'waiting') return 'Waiting for its turn';
  if (state === 'ready') return 'The package is ready';
  if (state === 'failed') return 'The package could not be made';
  if (progress < 70) return `Collecting footage and comparing its hashes, ${progress} %`;
  if (progress < 90) return `Making working copies, stills and the report, ${progress} %`;
  return `Writing the package, ${progress} %`;
};

/** A hash as people compare it: sixteen groups of four. */
export const hashGroups = (sha256: string): string[] => sha256.match(/.{1,4}/g) ?? [];
