import { useEffect, useSyncExternalStore } from 'react';

/** Brings what a person left on this device to the server. */
interface Sender<E> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => readonly E[];
  start(): Promise<void>;
  stop(): void;
  retryNow(): Promise<void>;
}

/** The one sender of this tab, for the person who is signed in; that of another person is stopped. */
export const senderOfPerson = <S extends Sender<unknown>>(make: (userId: string) => S): ((userId: string) => S) => {
  let current: { userId: string; sender: S } | null = null;
  return (userId) => {
    if (current?.userId === userId) return current.sender;
    current?.sender.stop();
    current = { userId, sender: make(userId) };
    void current.sender.start();
    return current.sender;
  };
};

/** What is in the outbox; all of it is tried when the network comes back. */
export const useOutbox = <E>(sender: Sender<E>): readonly E[] => {
  useEffect(() => {
    const retry = () => void sender.retryNow();
    window.addEventListener('online', retry);
    return () => window.removeEventListener('online', retry);
  }, [sender]);
  return useSyncExternalStore(sender.subscribe, sender.getSnapshot);
};
