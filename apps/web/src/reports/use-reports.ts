import { IndexedStore } from '../outbox/indexed-store';
import { senderOfPerson, useOutbox } from '../outbox/use-outbox';
import type { ReportEntry } from './report-entry';
import { deliverByHttp, ReportSender } from './report-sender';

export const senderFor = senderOfPerson(
  (userId) => new ReportSender(new IndexedStore<ReportEntry>('pollglass-reports'), deliverByHttp, userId),
);

export const useReports = (userId: string): readonly ReportEntry[] => useOutbox(senderFor(userId));
