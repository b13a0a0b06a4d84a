import { dropDraft, emptyDraft, readDraft, writeDraft } from './draft';

const storage = () => {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};
let made = 0;
const newKey = () => `key ${(made += 1)}`;

describe('a draft', () => {
  it('comes back as it was written, request key included, until it is dropped', () => {
    const place = storage();
    const draft = { ...emptyDraft(newKey), name: 'Ana', kind: 'media' as const, regions: ['a', 'b'] };
    expect(writeDraft(place, draft)).toBe(true);
    expect(readDraft(place, newKey)).toEqual(draft);
    dropDraft(place);
    const next = readDraft(place, newKey);
    expect([next.name, next.requestKey === draft.requestKey]).toEqual(['', false]);
  });

  it.each(['{', '7', 'null', '{"name":7,"kind":"friend","regions":"all"}', '{"regions":[7]}'])(
    'is empty where %s is kept',
    (text) => {
      const place = storage();
      place.kept.set('pollglass.application', text);
      expect(readDraft(place, () => 'k')).toEqual(emptyDraft(() => 'k'));
    },
  );

  it('says when nothing can be kept', () => {
    const full = {
      ...storage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(writeDraft(full, emptyDraft(newKey))).toBe(false);
  });
});
