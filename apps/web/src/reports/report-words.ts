import { t } from '../words';
import type { ReportEntry } from './report-entry';

export interface DeliveryBadge {
  tone: 'live' | 'late' | 'down' | 'off';
  text: string;
}

/** Where a form on this device stands, in words. */
export const deliveryBadge = ({ delivery, problem }: Pick<ReportEntry, 'delivery' | 'problem'>): DeliveryBadge => {
  switch (delivery.kind) {
    case 'draft':
      return { tone: 'off', text: t('reports:delivery.draft') };
    case 'waiting':
      return { tone: 'late', text: problem === null ? t('reports:delivery.waiting') : t('reports:delivery.offline') };
    case 'received':
      return { tone: 'live', text: t('reports:delivery.received') };
    case 'refused':
      return { tone: 'down', text: t('reports:delivery.refused') };
  }
};
