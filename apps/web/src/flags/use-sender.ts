import { senderOfPerson, useOutbox } from '../outbox/use-outbox';
import { deliverByHttp, FlagSender, type FlagView } from './flag-sender';
import { IndexedFlagStore } from './flag-store';

export const senderFor = senderOfPerson((userId) => new FlagSender(new IndexedFlagStore(), deliverByHttp, userId));

export const useFlags = (userId: string): readonly FlagView[] => useOutbox(senderFor(userId));
