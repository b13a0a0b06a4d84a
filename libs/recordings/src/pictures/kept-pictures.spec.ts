import { BoundedWork } from './bounded-work';
import { KeptPictures } from './kept-pictures';

const picture = (bytes: number) => ({ jpeg: Buffer.alloc(bytes) });

describe(KeptPictures, () => {
  it('makes a picture once, however many ask for it', async () => {
    const kept = new KeptPictures(100);
    let made = 0;
    const make = () => Promise.resolve(((made += 1), picture(10)));
    const [first, second] = await Promise.all([kept.take('a', make), kept.take('a', make)]);
    expect([await kept.take('a', make), second]).toEqual([first, first]);
    expect(made).toBe(1);
  });

  it('forgets those that nobody asked for longest when they do not fit', async () => {
    const kept = new KeptPictures(25);
    const made: string[] = [];
    const take = (key: string) => kept.take(key, () => Promise.resolve((made.push(key), picture(10))));
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await take(key);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps no failure', async () => {
    const kept = new KeptPictures(25);
    await expect(kept.take('a', () => Promise.reject(new Error('EIO')))).rejects.toThrow('EIO');
    expect((await kept.take('a', () => Promise.resolve(picture(3)))).jpeg).toHaveLength(3);
  });
});

describe(BoundedWork, () => {
  it('runs so many at once, lets so many wait, and refuses the rest', async () => {
    const work = new BoundedWork({ atOnce: 2, waiting: 1 });
    const ends: (() => void)[] = [];
    let started = 0;
    const one = () => work.run(() => ((started += 1), new Promise<void>((resolve) => ends.push(resolve))));
    const [first, second, third] = [one(), one(), one()];
    await expect(one()).rejects.toMatchObject({ code: 'service.unavailable' });
    expect(started).toBe(2);
    ends[0]!();
    await first;
    expect(started).toBe(3);
    ends[1]!();
    ends[2]!();
    await Promise.all([second, third]);
    const later = work.run(() => Promise.reject(new Error('no')));
    await expect(later).rejects.toThrow('no');
    await work.run(() => Promise.resolve());
  });
});
