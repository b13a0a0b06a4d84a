import { Coverage } from './coverage';
import { type ChunkFile, leftoversOf, namedStretches } from './leftovers';

const NOW = 1_000_000_000;
const LONG_AGO = NOW - 600_000;

/** @param rows first and last media sequence of the rows that name the first `covered` bytes */
function file(size: number, covered = 0, sequence = 0, modifiedMs = LONG_AGO): ChunkFile {
  if (covered === 0) return { size, modifiedMs };
  const coverage = new Coverage();
  coverage.add(0, covered, sequence);
  return { size, modifiedMs, coverage };
}
const files = (named: Record<string, ChunkFile>) =>
  new Map(Object.entries(named).map(([name, chunk]) => [`camera/${name}`, chunk] as const));
const ENDED = [{ id: 'run', open: false, failed: false }];
const FAILED = [{ id: 'run', open: false, failed: true }];
const OPEN = [{ id: 'run', open: true, failed: false }];

describe(leftoversOf, () => {
  it('leaves nothing of files that rows name whole, or that are empty', () => {
    expect(leftoversOf(files({ 'run/0.m4s': file(10, 10), 'run/1.m4s': file(0) }), ENDED, NOW)).toEqual([]);
  });

  it('takes the end of the newest chunk of an open run for a segment that is not over', () => {
    const chunks = files({ 'run/9.m4s': file(10, 10), 'run/10.m4s': file(10, 4) });
    expect(leftoversOf(chunks, OPEN, NOW)).toEqual([{ kind: 'open-tail', file: 'camera/run/10.m4s' }]);
    expect(leftoversOf(files({ 'run/0.m4s': file(10) }), OPEN, NOW)).toEqual([{ kind: 'open-tail', file: 'camera/run/0.m4s' }]);
  });

  it('takes the end of a chunk that was just written for rows on their way', () => {
    const chunks = files({ 'run/0.m4s': file(10, 4, 1, NOW - 1_000), 'run/1.m4s': file(10, 10, 5) });
    expect(leftoversOf(chunks, OPEN, NOW)).toEqual([{ kind: 'open-tail', file: 'camera/run/0.m4s' }]);
  });

  it('finds the same bytes in a run that has ended, in an older chunk, and before other rows', () => {
    const orphan = { kind: 'orphan', file: 'camera/run/0.m4s', runId: 'run' };
    expect(leftoversOf(files({ 'run/0.m4s': file(10, 4) }), ENDED, NOW)).toMatchObject([orphan]);
    expect(leftoversOf(files({ 'run/0.m4s': file(10, 4), 'run/1.m4s': file(5, 5) }), OPEN, NOW)).toMatchObject([orphan]);
    const late = new Coverage();
    late.add(4, 6, 3);
    const chunk = { size: 10, modifiedMs: NOW, coverage: late };
    expect(leftoversOf(files({ 'run/0.m4s': chunk }), OPEN, NOW)).toMatchObject([{ ...orphan, bytes: { start: 0, end: 4 } }]);
  });

  it('takes the end of the last chunk of a run that the disk ended for the segment that was given up, and nothing else', () => {
    const given = [{ kind: 'given-up', file: 'camera/run/0.m4s' }];
    expect(leftoversOf(files({ 'run/0.m4s': file(10, 4) }), FAILED, NOW)).toEqual(given);
    expect(leftoversOf(files({ 'run/0.m4s': file(10) }), FAILED, NOW)).toEqual(given);
    const orphan = { kind: 'orphan', file: 'camera/run/0.m4s' };
    expect(leftoversOf(files({ 'run/0.m4s': file(10, 4), 'run/1.m4s': file(5, 5) }), FAILED, NOW)).toMatchObject([orphan]);
    const late = new Coverage();
    late.add(4, 6, 3);
    const chunk = { size: 10, modifiedMs: NOW, coverage: late };
    expect(leftoversOf(files({ 'run/0.m4s': chunk }), FAILED, NOW)).toMatchObject([orphan]);
  });

  it('knows no run of files in other folders', () => {
    expect(leftoversOf(files({ 'elsewhere/0.m4s': file(3) }), OPEN, NOW)).toMatchObject([{ kind: 'orphan', runId: undefined }]);
  });

  it('finds the rows around a chunk without rows in the chunks around it', () => {
    const chunks = files({
      'run/8.m4s': file(10, 10, 4),
      'run/9.m4s': file(10),
      'run/10.m4s': file(10, 10, 7),
      'other/0.m4s': file(10, 10, 99),
    });
    const [orphan] = leftoversOf(chunks, ENDED, NOW);
    expect(orphan).toMatchObject({ file: 'camera/run/9.m4s', bytes: { afterSequence: 4, beforeSequence: 7 } });
  });
});

describe(namedStretches, () => {
  it('takes what lies between named files of a run, and nothing around them', () => {
    const chunks = files({
      'run/1.m4s': file(10),
      'run/2.m4s': file(10, 10),
      'run/3.m4s': file(10),
      'run/10.m4s': file(10, 10),
      'run/11.m4s': file(10),
      'other/0.m4s': file(10),
    });
    expect([...namedStretches(chunks)]).toEqual(['camera/run/2.m4s', 'camera/run/3.m4s', 'camera/run/10.m4s']);
  });
});
