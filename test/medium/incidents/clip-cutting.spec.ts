import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncidentDetail } from '@app/contracts';
import type { Db } from '@app/database';
import {
  ClipCutter,
  ClipRecord,
  ClipService,
  FootageIndex,
  INDEX_PATIENCE_MS,
  NOTHING_RECORDED,
  WorkFolders,
} from '@app/evidence';
import { type Actor, CLIP_MARGIN_MS } from '@app/incidents';
import { DiskFileStore } from '@app/platform';
import { LocalBytes, NearestBytes, OtherMachines } from '@app/storage';
import type { OutboxRelay } from '@app/realtime';
import { createTestDatabase } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, silent } from './fixtures';
import { Footage, FPS, frameNumberOf, probe, record } from './footage';

let db: Db;
let stop: () => Promise<void>;
let services: Awaited<ReturnType<typeof incidentServices>>;
let observer: Actor;
let folder: string;
let twelveSeconds: Buffer;
let fourSeconds: Buffer;
let larger: Buffer;
const footages: Footage[] = [];

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  services = await incidentServices(db);
  others = new OtherMachines(db, services.clock);
  observer = await newActor(db, 'observer');
  folder = await mkdtemp(join(tmpdir(), 'pollglass-clips-'));
  twelveSeconds = await record({ seconds: 12 });
  fourSeconds = await record({ seconds: 4 });
  larger = await record({ seconds: 4, size: '160x90' });
  await writeFile(join(folder, 'slow-ffmpeg'), '#!/bin/sh\nexec sleep 30\n', { mode: 0o755 });
});
afterAll(async () => {
  others.onModuleDestroy();
  await Promise.all(footages.map((footage) => footage.stop()));
  await rm(folder, { recursive: true, force: true });
  await stop();
});

const media = (): string => join(folder, 'media');
let others: OtherMachines;
const relay = { kick: () => undefined } as unknown as OutboxRelay;

function clipService(ffmpeg = 'ffmpeg'): ClipService {
  return new ClipService({
    record: new ClipRecord(db, services.clock, relay),
    index: new FootageIndex(db),
    cutter: new ClipCutter({ ffmpeg, setpriv: undefined }),
    store: new DiskFileStore(join(folder, 'archive')),
    folders: new WorkFolders(join(folder, 'work')),
    clock: services.clock,
    logger: silent,
    recorded: new NearestBytes([new LocalBytes(media()), others]),
  });
}

/** A camera, and a flag on it around a moment of which the footage is added first. Times are seconds from `zero`. */
async function scene(zero: number) {
  const place = await newPlace(db);
  const footage = new Footage(db, place.cameraId, media());
  footages.push(footage);
  const iso = (seconds: number): string => new Date(zero + seconds * 1000).toISOString();
  const flag = async (at: number, from: number, to: number) =>
    services.flags.flag(observer, newFlag(place.cameraId, { at: iso(at), from: iso(from), to: iso(to) }));
  return { footage, flag, at: (seconds: number) => zero + seconds * 1000 };
}

async function cutClip(id: string): Promise<IncidentDetail> {
  await clipService().cut(id, { isLast: true });
  return services.details.get(observer, id);
}

async function ready(id: string) {
  const { clip, events } = await cutClip(id);
  if (clip.state !== 'ready') throw new Error(`The clip is ${JSON.stringify(clip)}`);
  const path = join(folder, 'archive/incidents', id, 'clip.mp4');
  return { clip, event: events.at(-1)!, path, still: join(folder, 'archive/incidents', id, 'still.jpg') };
}

const minuteAgo = (): number => Date.now() - 60_000;

describe('cutting a clip', () => {
  it('takes the whole segments of the range, by copy, with sound, as a file that plays from its start', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0));
    const { clip, path, event } = await ready((await flag(5.2, 3, 7)).id);
    expect([Date.parse(clip.from), Date.parse(clip.to)]).toEqual([at(2), at(8)]);
    expect(clip.gapSeconds).toBe(0);
    expect(await probe(path)).toMatchObject({ tracks: ['h264', 'aac'], jumps: [], firstIsKey: true, frames: 6 * FPS });
    const bytes = await readFile(path);
    expect([clip.bytes, clip.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')]);
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
    expect(event).toMatchObject({ type: 'clip-ready', actor: null, detail: { sha256: clip.sha256, pieces: 1, gapSeconds: 0 } });
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  it.each([0, 1.96, 2, 3.51, 3.53, 5.2, 5.21, 5.219, 11.96])('makes the still of exactly the frame at %d s', async (seconds) => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0));
    const { still } = await ready((await flag(seconds, seconds, seconds + 0.01)).id);
    expect(await frameNumberOf(still)).toBe(Math.round(seconds * FPS) % 110);
  });

  it('begins at the key frame before the range when its first segment has none', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(await record({ seconds: 12, gopSeconds: 6 }), at(0));
    const { clip, path, still } = await ready((await flag(10.4, 9, 11)).id);
    expect(Date.parse(clip.from)).toBe(at(6));
    expect((await probe(path)).firstIsKey).toBe(true);
    expect(await frameNumberOf(still)).toBe((10.4 * FPS) % 110);
  });

  it('has the bytes from the machine that has them, wherever it runs itself', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0), { disk: false });
    await footage.startOrigin();
    const { clip } = await ready((await flag(5, 3, 7)).id);
    expect(clip.gapSeconds).toBe(0);
    expect(footage.asked.filter((request) => request.startsWith('GET /chunks/'))).toHaveLength(3);
  });

  it('counts a segment that nobody has any more as missing, and closes the hole', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0));
    await footage.lose(102);
    const { clip, path, event } = await ready((await flag(7, 0, 12)).id);
    expect(clip.gapSeconds).toBe(2);
    expect(event.detail).toMatchObject({ pieces: 2 });
    expect(await probe(path)).toMatchObject({ jumps: [], frames: 10 * FPS });
  });

  it('joins runs of one format without a hole and says how long nothing was recorded', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(fourSeconds, at(0), { mediaSeconds: 77_777 });
    await footage.addGap(at(4), 6);
    await footage.addRun(fourSeconds, at(10), { mediaSeconds: 0 });
    await footage.addRun(fourSeconds, at(14), { mediaSeconds: 12 });
    const { clip, path, still, event } = await ready((await flag(11, 1, 17)).id);
    expect(clip.gapSeconds).toBe(6);
    expect(event.detail).toMatchObject({ pieces: 3 });
    const probed = await probe(path);
    expect(probed.jumps).toEqual([]);
    expect(probed.frames).toBe(12 * FPS);
    expect(probed.seconds).toBeCloseTo(12, 0);
    expect(await frameNumberOf(still)).toBe(FPS);
  });

  it('keeps the format of the flagged frame when the camera changed it, and says what is left out', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(fourSeconds, at(0));
    await footage.addRun(larger, at(4));
    const { clip, event } = await ready((await flag(5, 0, 8)).id);
    expect([Date.parse(clip.from), Date.parse(clip.to)]).toEqual([at(4), at(8)]);
    expect(clip.gapSeconds).toBe(4);
    expect(event.detail).toMatchObject({ otherFormatSeconds: 4 });
  });

  it('has no still when nothing was recorded near the flagged frame', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(fourSeconds, at(0));
    await footage.addGap(at(4), 10);
    const { clip } = await ready((await flag(9, 0, 14)).id);
    expect([clip.stillUrl, clip.gapSeconds]).toEqual([null, 10]);
  });

  it('fails with words when nothing was recorded at all', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addGap(at(0), 20);
    const detail = await cutClip((await flag(5, 0, 10)).id);
    expect(detail.clip).toEqual({ state: 'failed', reason: NOTHING_RECORDED });
    expect(detail.events.at(-1)).toMatchObject({ type: 'clip-failed', detail: { reason: NOTHING_RECORDED } });
  });

  it('waits for the segment of the range’s end', async () => {
    const { footage, flag, at } = await scene(Date.now() - 15_000);
    await footage.addRun(twelveSeconds, at(0));
    const { id } = await flag(9, 5, 12.5);
    const sut = clipService();
    expect(await sut.cut(id, { isLast: true })).toMatchObject({ kind: 'not-yet', retryInMs: expect.any(Number) });
    expect((await services.details.get(observer, id)).clip.state).toBe('waiting');
    await footage.addRun(fourSeconds, at(12));
    const { clip } = await ready(id);
    expect([Date.parse(clip.to), clip.gapSeconds]).toEqual([at(14), 0]);
  });

  it('does not wait for ever', async () => {
    const { footage, flag, at } = await scene(Date.now() - 12_500 - CLIP_MARGIN_MS - INDEX_PATIENCE_MS);
    await footage.addRun(twelveSeconds, at(0));
    const { clip } = await ready((await flag(9, 5, 12.5)).id);
    expect([Date.parse(clip.to), clip.gapSeconds]).toEqual([at(12), 0.5]);
  });

  it('is done once, by one process, however many try', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0));
    const { id } = await flag(5, 3, 7);
    await Promise.all([1, 2, 3].map(() => clipService().cut(id, { isLast: true })));
    await clipService().cut(id, { isLast: true });
    const { events, clip } = await services.details.get(observer, id);
    expect(clip.state).toBe('ready');
    expect(events.map((event) => event.type)).toEqual(['flagged', 'clip-ready']);
  });

  it('is tried again when ffmpeg fails, and says so in the end; no file is left', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0));
    const { id } = await flag(5, 3, 7);
    await expect(clipService('/bin/false').cut(id, { isLast: false })).rejects.toThrow('ffmpeg failed');
    expect((await services.details.get(observer, id)).clip.state).toBe('cutting');
    await clipService('/bin/false').cut(id, { isLast: true });
    expect((await services.details.get(observer, id)).clip).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('could not be cut'),
    });
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  it('ends at once on shutdown and leaves the clip to be cut later', async () => {
    const { footage, flag, at } = await scene(minuteAgo());
    await footage.addRun(twelveSeconds, at(0));
    const { id } = await flag(5, 3, 7);
    const shutdown = new AbortController();
    const cutting = clipService(join(folder, 'slow-ffmpeg')).cut(id, { isLast: true, signal: shutdown.signal });
    setTimeout(() => shutdown.abort(), 200);
    await expect(cutting).rejects.toThrow('abort');
    expect((await services.details.get(observer, id)).clip.state).toBe('cutting');
    expect((await ready(id)).clip.gapSeconds).toBe(0);
  });
});
