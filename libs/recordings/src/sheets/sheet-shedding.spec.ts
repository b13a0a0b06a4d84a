import { SheetShedding } from './sheet-shedding';
import type { SheetName } from './sheet-repository';

const TEN_MINUTES = 600_000;

/** So many sheets of one camera, of 10 bytes each. */
function sheetsOf(count: number, isHere: (nth: number) => boolean = () => true) {
  const all = Array.from({ length: count }, (_, nth): SheetName => ({ cameraId: 'camera', startsAt: nth * TEN_MINUTES }));
  const left = new Set(all.map(({ startsAt }) => startsAt));
  const nthOf = (file: string): number => Number(/(\d+)\.jpg$/.exec(file)?.[1]) / 600;
  const files = new Set(all.flatMap((_, nth) => (isHere(nth) ? [nth] : [])));
  const shedding = new SheetShedding(
    {
      walk: (after, limit) =>
        Promise.resolve(
          all
            .filter(({ startsAt }) => left.has(startsAt) && startsAt > (after?.startsAt ?? -1))
            .slice(0, limit)
            .map((sheet) => ({ ...sheet, isOutdated: false })),
        ),
      forget: ({ startsAt }) => Promise.resolve(void left.delete(startsAt)),
    },
    {
      size: (file) => Promise.resolve(files.has(nthOf(file)) ? 10 : undefined),
      remove: (file) => Promise.resolve(void files.delete(nthOf(file))),
    },
  );
  return { shedding, files, left };
}

describe('scrub sheets that make room', () => {
  it('are the oldest, and no more than are needed', async () => {
    const { shedding, files, left } = sheetsOf(5);
    expect(await shedding.shed(21)).toEqual({ files: 3, bytes: 30 });
    expect([[...files], left.size]).toEqual([[3, 4], 2]);
  });

  it('are all that lie here, over many pages, and none of another machine', async () => {
    const { shedding, files, left } = sheetsOf(450, (nth) => nth % 2 === 0);
    expect(await shedding.shed(1e9)).toEqual({ files: 225, bytes: 2_250 });
    expect([files.size, left.size]).toEqual([0, 225]);
  });
});
