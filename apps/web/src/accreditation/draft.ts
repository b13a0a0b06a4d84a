import { OBSERVER_KINDS, type ObserverKind } from '@app/contracts';

const KEY = 'pollglass.application';

/** A form that is being filled in. Documents are not in it: a browser cannot keep a person's files for them. */
export interface Draft {
  name: string;
  email: string;
  phone: string;
  kind: ObserverKind | '';
  organisation: string;
  statement: string;
  regions: string[];
  /** The same for each try to send it: the server knows by it that an application has come already. */
  requestKey: string;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const emptyDraft = (newKey: () => string): Draft => ({
  name: '',
  email: '',
  phone: '',
  kind: '',
  organisation: '',
  statement: '',
  regions: [],
  requestKey: newKey(),
});

/** What was typed before, as far as it can still be read. */
export const readDraft = (storage: Storage, newKey: () => string): Draft => {
  const draft = emptyDraft(newKey);
  const kept = parsed(storage);
  for (const name of ['name', 'email', 'phone', 'organisation', 'statement', 'requestKey'] as const) {
    const value = kept[name];
    if (typeof value === 'string' && value !== '') draft[name] = value;
  }
  draft.kind = OBSERVER_KINDS.find((kind) => kind === kept['kind']) ?? '';
  const { regions } = kept;
  if (Array.isArray(regions)) draft.regions = regions.filter((id): id is string => typeof id === 'string');
  return draft;
};

/** @returns false where the browser keeps nothing for us (private windows, a full disk): the form works all the same */
export const writeDraft = (storage: Storage, draft: Draft): boolean => {
  try {
    storage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
};

export const dropDraft = (storage: Storage): void => storage.removeItem(KEY);

const parsed = (storage: Storage): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return {};
    throw error;
  }
};

/** Where drafts are kept; nowhere where the browser keeps nothing for us. */
export const deviceStorage = (): Storage => {
  try {
    return localStorage;
  } catch {
    return NOWHERE;
  }
};

const NOWHERE: Storage = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException('nothing is kept', 'SecurityError');
  },
  removeItem: () => undefined,
};
