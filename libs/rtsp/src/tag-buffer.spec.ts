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
});
