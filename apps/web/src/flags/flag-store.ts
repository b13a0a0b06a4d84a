import { IndexedStore, type KeptStore } from '../outbox/indexed-store';
import type { FlagEntry } from './outbox';

export type FlagStore = KeptStore<FlagEntry>;

export class IndexedFlagStore extends IndexedStore<FlagEntry> {
  constructor() {
    super('pollglass', 'flags');
  }
}
