import { useEffect, useSyncExternalStore } from 'react';
import { IndexedStore } from '../outbox/indexed-store';
import type { ReportEntry } from './report-entry';
import { deliverByHttp, ReportSender } from './report-sender';

let current: { userId: string; sender: ReportSender } | null = null;

/** The one sender of this tab, for the person who is signed in. */
export const senderFor = (userId: string): ReportSender => {
  if (current?.userId === userId) return current.sender;
  current?.sender.stop();
  const sender = new ReportSender(new IndexedStore<ReportEntry>('pollglass-reports'), deliverByHttp, userId);
  current = { userId, sender };
  void sender.start();
  return sender;
};

export const useReports = (userId: string): readonly ReportEntry[] => {
  const sender = senderFor(userId);
  useEffect(() => {
    const retry = () => void sender.retryNow();
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [sender]);
  return useSyncExternalStore(sender.subscribe, sender.getSnapshot);
};
