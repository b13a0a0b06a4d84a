import { INDEX_PATIENCE_MS, retryAfter } from './clip.service';

/** Milliseconds after the first look at which a clip looks again for its last segment. */
function looks(): number[] {
  const at = [0];
  for (let waited = 0; waited < INDEX_PATIENCE_MS; at.push(waited)) waited += retryAfter(waited);
  return at;
}

describe('looking for the last segment of a range', () => {
  it('is at most half a second late while the segment is due', () => {
    const due = looks().filter((waited) => waited <= 3_500);
    expect(Math.max(...due.slice(1).map((waited, index) => waited - due[index]!))).toBeLessThanOrEqual(500);
  });

  it('stays a handful of times for a camera that is gone', () => {
    expect(looks().length).toBeLessThanOrEqual(15);
  });

  it('waits whole milliseconds: the queue refuses others', () => {
    for (let waited = 0; waited < INDEX_PATIENCE_MS; waited += 1) expect(Number.isInteger(retryAfter(waited))).toBe(true);
  });

  it('is not done before the range has ended', () => {
    expect(retryAfter(-4_200)).toBe(4_200);
  });
});
