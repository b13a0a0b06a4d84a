import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobQueue } from '@app/queue';
import { ScrubSheets, SheetRepository } from '@app/recordings';
import { SheetRounds } from '../../../apps/jobs/src/scrub/sheet-rounds';
import { TestApi } from '../api';
import { newPlace, type Place, silent } from '../incidents/fixtures';
import { Footage, record, run } from '../incidents/footage';

const NINE = Date.parse('2026-10-25T09:00:00.000Z');
const [WIDTH, HEIGHT] = [1600, 540];
const EMPTY = 0x26;

/** One camera from 9:00:05: thirty seconds, a hole, twenty seconds of a narrower picture from 9:01:00. A key frame every two seconds. */
describe('a scrub sheet', () => {
  let api: TestApi;
  let place: Place;
  let folder: string;
  const ask = (startsAt: number | string, cameraId = place.cameraId) => api.guest.get(`/hls/${cameraId}/scrub/${startsAt}.jpg`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-scrub-'));
    api = await TestApi.start();
    place = await newPlace(api.db);
    const footage = new Footage(api.db, place.cameraId, join(api.config.dataDirectory, 'media'));
    await footage.addRun(await record({ seconds: 30 }), NINE + 5_000);
    await footage.addRun(await record({ seconds: 20, size: '72x72' }), NINE + 60_000);
  });
  afterAll(async () => {
    await api?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The grey in the middle, and near the left edge, of a slot. */
  async function levels(jpeg: Buffer): Promise<(slot: number) => { middle: number; edge: number }> {
    const file = join(folder, 'sheet.jpg');
    await writeFile(file, jpeg);
    const args = ['-nostdin', '-loglevel', 'error', '-i', file, '-vf', 'extractplanes=y', '-f', 'rawvideo', 'pipe:1'];
    const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 24 });
    expect(stdout.length).toBe(WIDTH * HEIGHT);
    const at = (slot: number, x: number): number =>
      stdout.readUInt8((Math.floor(slot / 10) * 90 + 45) * WIDTH + (slot % 10) * 160 + x);
    return (slot) => ({ middle: at(slot, 80), edge: at(slot, 5) });
  }

  it('shows in each slot what was to be seen when it began, and nothing where nothing was recorded', async () => {
    const { status, body, headers } = await ask(NINE / 1000);
    expect([status, headers['content-type'], headers['cache-control'], headers['access-control-allow-origin']]).toEqual([
      200,
      'image/jpeg',
      'public, max-age=31536000, immutable',
      '*',
    ]);
    const slot = await levels(body as Buffer);
    // Seconds after the run began of the key frame that is nearest before: 0 (in the slot), 4, 14, 24; then 0 and 10.
    for (const [index, seconds] of [
      [0, 0],
      [1, 4],
      [2, 14],
      [3, 24],
      [6, 0],
      [7, 10],
    ] as const) {
      const expected = 16 + 2 * ((seconds * 25) % 110);
      // Neighbouring key frames differ by 100 levels or more; those of a JPEG are not quite those of the video.
      expect([index, Math.abs(slot(index).middle - expected) < 30]).toEqual([index, true]);
    }
    for (const index of [4, 5, 8, 9, 10, 59]) expect([index, Math.abs(slot(index).middle - EMPTY) < 4]).toEqual([index, true]);
    // A narrower picture stands between bars.
    expect([slot(7).edge < 20, Math.abs(slot(7).middle - slot(7).edge) > 40]).toEqual([true, true]);
  });

  it('is not there for ten minutes without footage, for another time, and for no camera', async () => {
    expect((await ask(NINE / 1000 + 600)).body).toMatchObject({ code: 'media.not-found' });
    expect((await ask(NINE / 1000 + 1)).body.details).toEqual([{ field: 'startsAt', rule: 'is a multiple of 600' }]);
    expect((await ask('now')).status).toBeGreaterThanOrEqual(400);
    expect((await ask(NINE / 1000, crypto.randomUUID())).body).toMatchObject({ code: 'camera.not-found' });
  });

  it('grows while its ten minutes go on', async () => {
    const live = await newPlace(api.db);
    const footage = new Footage(api.db, live.cameraId, join(api.config.dataDirectory, 'media'));
    await footage.addRun(await record({ seconds: 4 }), Date.now() - 6_000);
    const startsAt = Math.floor((Date.now() - 6_000) / 600_000) * 600;
    const { status, headers } = await ask(startsAt, live.cameraId);
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=10']);
    expect(await api.db.selectFrom('scrub_sheets').selectAll().where('camera_id', '=', live.cameraId).execute()).toEqual([]);
  });

  it('is asked for once its ten minutes are over, once; and goes with its footage', async () => {
    const other = await newPlace(api.db);
    const footage = new Footage(api.db, other.cameraId, join(api.config.dataDirectory, 'media'));
    await footage.addRun(await record({ seconds: 4 }), NINE + 100_000);
    const sheets = api.app.get(ScrubSheets, { strict: false });
    const asked: unknown[] = [];
    const queue = { enqueue: (_: string, payload: unknown) => Promise.resolve(void asked.push(payload)) } as unknown as JobQueue;
    let nowMs = NINE + 659_000;
    const clock = { nowMs: () => nowMs, now: () => new Date(nowMs), monotonicMs: () => nowMs };
    const rounds = new SheetRounds(new SheetRepository(api.db), sheets, queue, clock, silent);
    const ofOther = () => asked.splice(0).filter((payload) => (payload as { cameraId: string }).cameraId === other.cameraId);
    await rounds.round();
    expect(ofOther()).toEqual([]);
    nowMs += 2_000;
    await rounds.round();
    expect(ofOther()).toEqual([{ cameraId: other.cameraId, startsAt: NINE / 1000 }]);
    await sheets.sheet({ cameraId: other.cameraId, startsAt: NINE });
    await rounds.round();
    expect(ofOther()).toEqual([]);
    await ask(NINE / 1000, other.cameraId).expect(200);
    await api.db
      .updateTable('segments')
      .set({ chunk: null, byte_offset: null, byte_length: null, deleted_at: new Date() })
      .where('camera_id', '=', other.cameraId)
      .execute();
    await rounds.round();
    expect((await ask(NINE / 1000, other.cameraId)).status).toBe(404);
    expect(await api.db.selectFrom('scrub_sheets').selectAll().where('camera_id', '=', other.cameraId).execute()).toEqual([]);
  });
});
