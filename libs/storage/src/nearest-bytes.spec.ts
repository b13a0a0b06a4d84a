import { Readable } from 'node:stream';
import { NearestBytes } from './nearest-bytes';
import { RecordedBytes } from './recorded-bytes';

const range = { file: 'cam/run/0.m4s', offset: 0, length: 4 };

class Place extends RecordedBytes {
  asked = 0;

  constructor(private readonly has: string | Error | undefined) {
    super();
  }

  open(): Promise<Readable | undefined> {
    this.asked += 1;
    if (this.has instanceof Error) return Promise.reject(this.has);
    return Promise.resolve(this.has === undefined ? undefined : Readable.from([Buffer.from(this.has)]));
  }
}

describe(NearestBytes.name, () => {
  const read = async (...places: Place[]) => (await new NearestBytes(places).read(range))?.toString();

  it('takes the bytes from the first place that has them, and asks no other', async () => {
    const far = new Place('far!');
    expect(await read(new Place(undefined), new Place('near'), far)).toBe('near');
    expect(far.asked).toBe(0);
  });

  it('passes over a place that fails', async () => {
    expect(await read(new Place(new Error('away')), new Place('near'))).toBe('near');
  });

  it('does not take a failure for footage that is gone', async () => {
    await expect(read(new Place(new Error('away')), new Place(undefined))).rejects.toThrow('away');
    expect(await read(new Place(undefined), new Place(undefined))).toBeUndefined();
  });

  it('takes nothing that is shorter than asked for', async () => {
    await expect(read(new Place('nea'))).rejects.toThrow('3 of 4 bytes');
  });
});
