import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '@app/database';
import { packOffsets } from '@app/streams';
import { TestApi } from '../api';
import { newPlace, type Place } from '../incidents/fixtures';
import { Footage, FPS, frameNumberOf, record } from '../incidents/footage';
import { allowTampering } from '@app/testing';

const NINE = Date.parse('2026-10-25T09:00:00.000Z');
const MEDIA_SECONDS = 5_000;
const at = (seconds: number): string => new Date(NINE + seconds * 1000).toISOString();

/**
 * One camera from 9:00:00: eight seconds in segments of two with a key frame each, of which the last two are one segment with two key
 * frames; a gap of twelve; six seconds that only the owner has, of which the bytes from second 22 to 24 were deleted.
 */
describe('a still of the past', () => {
  let api: TestApi;
  let place: Place;
  let footage: Footage;
  let folder: string;
  const ask = (query: Record<string, string>, cameraId = place.cameraId) =>
    api.guest.get(`/hls/${cameraId}/still.jpg`).query(query);
  const still = (seconds: number) => ask({ at: at(seconds) });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-stills-'));
    api = await TestApi.start();
    await allowTampering(api.db);
    place = await newPlace(api.db);
    footage = new Footage(api.db, place.cameraId, join(api.config.dataDirectory, 'media'));
    await footage.addRun(await record({ seconds: 8 }), NINE, { mediaSeconds: MEDIA_SECONDS });
    await joinLastTwo();
    await footage.addGap(NINE + 8_000, 12);
    await footage.addRun(await record({ seconds: 6, size: '256x144' }), NINE + 20_000, { disk: false });
    await api.db
      .updateTable('segments')
      .set({ chunk: null, byte_offset: null, byte_length: null, deleted_at: new Date() })
      .where('starts_at', '=', new Date(NINE + 22_000))
      .execute();
    await footage.startOrigin();
  });
  afterAll(async () => {
    await footage?.stop();
    await api?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The two become one row, as a segmenter writes it whose target duration is longer than the distance of key frames. */
  async function joinLastTwo(): Promise<void> {
    const rows = await api.db.selectFrom('segments').selectAll().orderBy('media_sequence', 'desc').limit(2).execute();
    const [second, first] = rows as [Row<'segments'>, Row<'segments'>];
    await api.db.deleteFrom('segments').where('media_sequence', '=', second.media_sequence).execute();
    await api.db
      .updateTable('segments')
      .set({
        duration_ticks: first.duration_ticks + second.duration_ticks,
        byte_length: first.byte_length! + second.byte_length!,
        key_frames: packOffsets([0, first.byte_length!]),
        media_time: (MEDIA_SECONDS + 4) * 90_000,
      })
      .where('media_sequence', '=', first.media_sequence)
      .execute();
  }

  async function shown(seconds: number): Promise<{ frame: number; time: string | undefined }> {
    const { status, body, headers } = await still(seconds);
    expect(status).toBe(200);
    const file = join(folder, `${seconds}.jpg`);
    await writeFile(file, body as Buffer);
    return { frame: await frameNumberOf(file), time: headers['x-frame-time'] };
  }

  it.each([
    [0, 0],
    [1.999, 0],
    [2, 2],
    [5.9, 4],
    [6, 6],
    [7.99, 6],
    [20.5, 20],
  ])('shows of second %d the key frame of second %d, and says so', async (seconds, expected) => {
    const { frame, time } = await shown(seconds);
    expect(time).toBe(at(expected));
    // Key frames are 50 apart; a JPEG's levels are not quite those of the video.
    expect(Math.abs(frame - (((expected % 20) * FPS) % 110))).toBeLessThan(10);
  });

  it('is for everybody, for ever, and the same for all times that show it', async () => {
    const { headers, body } = await still(2.1);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
    expect(((await still(2.2)).body as Buffer).equals(body as Buffer)).toBe(true);
  });

  it('is asked of the machine that has it by the bytes of its fragment', async () => {
    footage.asked.length = 0;
    await still(24.5).expect(200);
    await still(24.6).expect(200);
    const media = footage.asked.filter((request) => request.startsWith('GET '));
    expect(media).toHaveLength(2);
    expect(media[0]).toMatch(/\/chunks\/.*\.m4s$/);
  });

  it.each([
    ['in a gap', 10],
    ['before all footage', -1],
    ['after all footage', 30],
    ['where the footage was deleted', 23],
    ['in the future', 400 * 86_400],
  ])('is not there %s', async (_case, seconds) => {
    const { status, body } = await still(seconds);
    expect([status, body.code, body.message]).toEqual([
      404,
      'media.not-found',
      'Nothing is on record of this camera at this time.',
    ]);
  });

  it('wants a time in UTC, and a camera that there is', async () => {
    for (const [query, status] of [
      [{ at: 'noon' }, 422],
      [{ at: '2026-10-25T09:00:00+01:00' }, 422],
      [{ at: at(0), width: '5' }, 400],
    ] as const) {
      expect((await ask(query)).status).toBe(status);
    }
    const unknown = await ask({ at: at(0) }, crypto.randomUUID());
    expect([unknown.status, unknown.body.code]).toEqual([404, 'camera.not-found']);
  });
});
