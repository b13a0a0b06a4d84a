import type { EvidenceJob } from '@app/contracts';
import { t } from '../words';

/** How far a package is, in a sentence. */
export const progressWords = ({ state, progress }: Pick<EvidenceJob, 'state' | 'progress'>): string => {
  if (state !== 'building') return t(`evidence:state.${state}`);
  if (progress < 70) return t('evidence:building.collecting', { progress });
  return t(progress < 90 ? 'evidence:building.copying' : 'evidence:building.writing', { progress });
};

/** A hash as people compare it: sixteen groups of four. */
export const hashGroups = (sha256: string): string[] => sha256.match(/.{1,4}/g) ?? [];
