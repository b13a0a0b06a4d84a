import type { ReportQuestion } from '@app/contracts';
import { t } from '../words';

/** What a question still needs, in words. */
export const problemWords = ({ spec }: Pick<ReportQuestion, 'spec'>): string => {
  if (spec.type === 'number') return t('reports:fill.needsNumber', { min: spec.min, max: spec.max });
  if (spec.type === 'time') return t('reports:fill.needsTime');
  if (spec.type === 'text') return t('reports:fill.needsText', { max: spec.maxLength });
  return t('reports:fill.needsAnswer');
};
