import { hashGroups, progressWords } from './evidence-words';

describe('the words of a package', () => {
  it.each([
    ['waiting', 0, 'Waiting for its turn'],
    ['building', 12, 'Collecting footage and comparing its hashes, 12 %'],
    ['building', 70, 'Making working copies, stills and the report, 70 %'],
    ['building', 95, 'Writing the package, 95 %'],
    ['ready', 100, 'The package is ready'],
    ['failed', 40, 'The package could not be made'],
  ] as const)('say what is done when it is %s at %d %%', (state, progress, words) => {
    expect(progressWords({ state, progress })).toBe(words);
  });

  it('show a hash in sixteen groups that give it again', () => {
    const hash = '0123456789abcdef'.repeat(4);
    expect(hashGroups(hash)).toHaveLength(16);
    expect(hashGroups(hash).join('')).toBe(hash);
  });
});
