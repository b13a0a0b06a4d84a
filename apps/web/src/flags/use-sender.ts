import { useEffect, useSyncExternalStore } from 'react';
import { deliverByHttp, FlagSender, type FlagView } from './flag-sender';
import { IndexedFlagStore } from './flag-store';

let current: { userId: string; sender: FlagSender } | null = null;

/** The one sender of this tab, for the person who is signed in. */
export const senderFor = (userId: string): FlagSender => {
  if (current?.userId === userId) return current.sender;
  current?.sender.stop();
  const sender = new FlagSender(new IndexedFlagStore(), deliverByHttp, userId);
  current = { userId, sender };
  sender.start().catch((error: unknown) => sender.storeFailed(error));
  return sender;
};

export const useFlags = (userId: string): readonly FlagView[] => {
  const sender = senderFor(userId);
  useEffect(() => {
    const retry = () => void sender.retryNow();
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [sender]);
  return useSyncExternalStore(sender.subscribe, sender.getSnapshot);
};
