import { Shelf } from './shelf';

interface Entry {
  key: string;
  at: number;
}

describe(Shelf, () => {
  it('shows the newest first, each once, and tells whoever listens', () => {
    const shelf = new Shelf<Entry>(({ at }) => at);
    let told = 0;
    const leave = shelf.subscribe(() => (told += 1));
    shelf.show({ key: 'a', at: 1 });
    shelf.show({ key: 'b', at: 2 });
    shelf.show({ key: 'a', at: 3 });
    expect(shelf.getSnapshot().map(({ key }) => key)).toEqual(['a', 'b']);
    shelf.forget('a');
    expect([shelf.find('a'), shelf.find('b')?.at, told]).toEqual([undefined, 2, 4]);
    leave();
    shelf.tell();
    expect(told).toBe(4);
  });

  it('works on one entry once at a time, also after that failed', async () => {
    const shelf = new Shelf<Entry>(({ at }) => at);
    let runs = 0;
    const fail = () => Promise.reject(new Error(`run ${(runs += 1)}`));
    const first = shelf.workOn('a', fail);
    await shelf.workOn('a', fail);
    await expect(first).rejects.toThrow('run 1');
    await expect(shelf.workOn('a', fail)).rejects.toThrow('run 2');
  });
});
