import { flvTags } from './rtp.fixture';
import { AUDIO_TAG, TagBuffer, VIDEO_TAG } from './tag-buffer';

const put = (tags: TagBuffer, size: number, timeMs?: number): void => {
  tags.begin();
  tags.append(Buffer.alloc(size, size & 0xff), 0, size);
  if (timeMs !== undefined) tags.commit(timeMs);
};
const read = (bytes: Buffer | undefined): [number, number, number][] =>
  flvTags(bytes ?? Buffer.alloc(0)).map(({ type, timeMs, body }) => {
    expect(body.every((byte) => byte === (body.length & 0xff))).toBe(true);
    return [type, timeMs, body.length];
  });

describe('FLV tags in a buffer', () => {
  it('are whole, with all 32 bits of their time, while another one is open', () => {
    const tags = new TagBuffer(VIDEO_TAG);
    put(tags, 100_000, 0xfedcba98);
    put(tags, 5_000);
    expect(read(tags.take())).toEqual([[9, 0xfedcba98, 100_000]]);
    expect(tags.take()).toBeUndefined();
    tags.commit(2 ** 32 + 7);
    expect(read(tags.take())).toEqual([[9, 7, 5_000]]);
  });

  it('leave no trace when they are rolled back', () => {
    const tags = new TagBuffer(VIDEO_TAG);
    put(tags, 10, 1);
    put(tags, 9_000);
    tags.rollback();
    put(tags, 20, 2);
    expect(read(tags.take())).toEqual([
      [9, 1, 10],
      [9, 2, 20],
    ]);
  });

  it.each([
    ['with room', 100],
    ['without', 4_060],
  ])('are given with those of another behind, %s', (_, size) => {
    const [video, audio] = [new TagBuffer(VIDEO_TAG), new TagBuffer(AUDIO_TAG)];
    put(video, size, 1);
    put(video, 7);
    put(audio, 300, 2);
    put(audio, 8);
    expect(read(video.takeWith(audio))).toEqual([
      [9, 1, size],
      [8, 2, 300],
    ]);
    expect(video.takeWith(audio)).toBeUndefined();
    audio.commit(3);
    expect(read(video.takeWith(audio))).toEqual([[8, 3, 8]]);
    video.commit(4);
    expect(read(video.takeWith(audio))).toEqual([[9, 4, 7]]);
  });

  it('are written where used-up ones were, once that is said, and never where they may still be looked at', () => {
    const tags = new TagBuffer(VIDEO_TAG);
    const take = (size: number): Buffer => {
      put(tags, size, 1);
      return tags.take() as Buffer;
    };
    const first = take(5_000);
    const second = take(5_000);
    expect(second.buffer).not.toBe(first.buffer);
    tags.reuse();
    const third = take(4_000);
    const fourth = take(4_000);
    expect(third.buffer).not.toBe(second.buffer);
    expect(fourth.buffer).toBe(second.buffer);
    expect(read(third)).toEqual([[9, 1, 4_000]]);
    const fifth = take(4_000);
    const sixth = take(4_000);
    for (const earlier of [third, fourth, fifth]) expect(sixth.buffer).not.toBe(earlier.buffer);
    expect(read(fourth)).toEqual([[9, 1, 4_000]]);
  });
});
