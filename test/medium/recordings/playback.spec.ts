import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileOf } from '@app/storage';
import * as HLS from 'hls-parser';
import { newElection, TestApi } from '../api';
import { Footage, record, run } from '../incidents/footage';
import { newPlace, type Place } from '../incidents/fixtures';

const NINE = Date.parse('2026-10-25T09:00:00.000Z');
const at = (seconds: number): string => new Date(NINE + seconds * 1000).toISOString();

/**
 * One camera from 9:00:00: ten seconds, a gap of twelve, ten seconds of another size that only the owner has, a hole of three that no
 * row speaks of, ten seconds, of which the bytes from second 37 to 39 were deleted.
 */
describe('playback of what is on record', () => {
  let api: TestApi;
  let place: Place;
  let footage: Footage;
  let folder: string;
  const address = (rest: string): string => `/hls/${place.cameraId}/${rest}`;
  const archive = (from: number, to: number) => api.guest.get(address('archive.m3u8')).query({ from: at(from), to: at(to) });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pollglass-playback-'));
    api = await TestApi.start();
    place = await newPlace(api.db);
    footage = new Footage(api.db, place.cameraId, join(api.config.dataDirectory, 'media'));
    const [small, large] = await Promise.all([record({ seconds: 10 }), record({ seconds: 10, size: '256x144' })]);
    await footage.addRun(small, NINE);
    await footage.addGap(NINE + 10_000, 12);
    await footage.addRun(large, NINE + 22_000, { disk: false });
    await footage.addRun(small, NINE + 35_000);
    await api.db
      .updateTable('segments')
      .set({ chunk: null, byte_offset: null, byte_length: null, deleted_at: new Date() })
      .where('starts_at', '=', new Date(NINE + 37_000))
      .execute();
    await footage.startOrigin();
  });
  afterAll(async () => {
    await footage?.stop();
    await api?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function read(text: string) {
    HLS.setOptions({ strictMode: true });
    const list = HLS.parse(text);
    if (list.isMasterPlaylist) throw new Error('a master playlist');
    return list;
  }
  const urisOf = (text: string): string[] => read(text).segments.flatMap(({ gap, uri }) => (gap ? [] : [uri]));

  it('lists runs, gaps, deleted footage and holes with the time on the wall', async () => {
    const { status, headers, text } = await archive(0, 45);
    expect([status, headers['content-type'], headers['access-control-allow-origin']]).toEqual([
      200,
      expect.stringContaining('application/vnd.apple.mpegurl'),
      '*',
    ]);
    const told = read(text).segments.map((segment) => {
      const seconds = ((segment.programDateTime?.getTime() ?? NaN) - NINE) / 1000;
      return `${segment.discontinuity ? '/ ' : ''}${Math.round(seconds * 100) / 100} ${segment.gap ? 'gap' : 'media'}`;
    });
    expect(told).toEqual([
      ...['0 media', '2 media', '4 media', '6 media', '8 media', '10 gap', '14 gap', '18 gap'],
      ...['/ 22 media', '24 media', '26 media', '28 media', '30 media', '32 gap'],
      ...['/ 35 media', '37 gap', '39 media', '41 media', '43 media'],
    ]);
    expect(read(text)).toMatchObject({ playlistType: 'VOD', endlist: true, mediaSequenceBase: 100 });
  });

  it('cuts the list to whole segments of the range', async () => {
    const { text } = await archive(3, 5);
    expect(urisOf(text)).toEqual(['rec/101.m4s', 'rec/102.m4s']);
  });

  it('is read by ffmpeg, each frame of a run', async () => {
    const { port } = api.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}${address('archive.m3u8')}?from=${at(0)}&to=${at(10)}`;
    const entries = ['-count_packets', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_packets', '-of', 'csv=p=0'];
    const { stdout, stderr } = await run('ffprobe', ['-v', 'error', ...entries, url]);
    expect([stdout.trim().split('\n')[0], stderr]).toEqual(['250', '']);
  });

  it('serves each init segment and each segment that a list names, for ever', async () => {
    const { text } = await archive(0, 45);
    const list = read(text);
    const media = list.segments.filter(({ gap }) => !gap);
    expect(media).toHaveLength(14);
    for (const [runStart, frames] of [
      [0, 250],
      [22, 250],
    ] as const) {
      const ofRun = media.filter(({ programDateTime }) => {
        const seconds = ((programDateTime?.getTime() ?? NaN) - NINE) / 1000;
        return seconds >= runStart && seconds < runStart + 10;
      });
      const uris = [ofRun[0]?.map?.uri ?? '', ...ofRun.map(({ uri }) => uri)];
      const answers = [];
      for (const uri of uris) answers.push(await api.guest.get(address(uri)).buffer(true).parse(asBytes));
      expect(answers.map(({ status }) => status)).toEqual(uris.map(() => 200));
      const file = join(folder, `${runStart}.mp4`);
      await writeFile(file, Buffer.concat(answers.map(({ body }) => body as Buffer)));
      const entries = ['-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0'];
      const { stdout, stderr } = await run('ffprobe', ['-v', 'error', ...entries, file]);
      expect([stdout.trim(), stderr]).toEqual([String(frames), '']);
    }
    const { headers } = await api.guest.get(address('rec/100.m4s'));
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'video/iso.segment',
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
    });
  });

  it('asks the packagers of other machines for what is not on this one, and for nothing else', async () => {
    footage.asked.length = 0;
    await api.guest.get(address('rec/100.m4s')).expect(200);
    expect(footage.asked).toEqual([]);
    const { sequence, row } = await elsewhere();
    const whole = await api.guest
      .get(address(`rec/${sequence}.m4s`))
      .buffer(true)
      .parse(asBytes)
      .expect(200);
    expect(new Set(footage.asked)).toContain(`GET /chunks/${fileOf(row)}`);
    const part = await api.guest
      .get(address(`rec/${sequence}.m4s`))
      .set('Range', 'bytes=8-15')
      .buffer(true)
      .parse(asBytes);
    const bytes = whole.body as Buffer;
    expect([part.status, part.headers['content-range'], part.body]).toEqual([
      206,
      `bytes 8-15/${bytes.length}`,
      bytes.subarray(8, 16),
    ]);
  });

  it('answers byte ranges and HEAD of a segment on disk', async () => {
    const whole = await api.guest.get(address('rec/101.m4s')).buffer(true).parse(asBytes);
    const bytes = whole.body as Buffer;
    const part = await api.guest.get(address('rec/101.m4s')).set('Range', 'bytes=8-15').buffer(true).parse(asBytes);
    expect([part.status, part.headers['content-range'], part.body]).toEqual([
      206,
      `bytes 8-15/${bytes.length}`,
      bytes.subarray(8, 16),
    ]);
    const head = await api.guest.head(address('rec/101.m4s'));
    expect([head.status, head.headers['content-length']]).toEqual([200, String(bytes.length)]);
    const beyond = await api.guest.get(address('rec/101.m4s')).set('Range', `bytes=${bytes.length}-`);
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`]);
  });

  it('has nothing to serve for gaps, deleted footage, other cameras’ runs, and names of nothing', async () => {
    const gap = await api.db.selectFrom('segments').selectAll().where('kind', '=', 'gap').executeTakeFirstOrThrow();
    const deleted = await api.db.selectFrom('segments').selectAll().where('deleted_at', 'is not', null).executeTakeFirstOrThrow();
    const other = await newPlace(api.db);
    const init = (cameraId: string) => `/hls/${cameraId}/rec/${deleted.run_id}/init.mp4`;
    await api.guest.get(init(place.cameraId)).expect(200);
    for (const path of [
      address(`rec/${gap.media_sequence}.m4s`),
      address(`rec/${deleted.media_sequence}.m4s`),
      address('rec/999999.m4s'),
      address('rec/0x64.m4s'),
      init(other.cameraId),
      address(`gap/${NINE}.m4s`),
    ]) {
      const { status, body } = await api.guest.get(path);
      expect([path, status, body.code]).toEqual([path, 404, 'media.not-found']);
    }
  });

  it('can name no file but those of runs', async () => {
    const { sequence } = await elsewhere();
    const change = (set: { chunk?: number; run_id?: null }) =>
      api.db.updateTable('segments').set(set).where('media_sequence', '=', sequence).execute();
    await expect(change({ chunk: -1 })).rejects.toThrow('check constraint');
    await expect(change({ run_id: null })).rejects.toThrow('check constraint');
  });

  it('compresses lists for who can read that', async () => {
    const zipped = await archive(0, 45).set('Accept-Encoding', 'gzip');
    const plain = await archive(0, 45).set('Accept-Encoding', 'identity');
    expect([zipped.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(['gzip', undefined]);
    expect(zipped.text).toBe(plain.text);
    expect(zipped.headers['vary']).toContain('Accept-Encoding');
  });

  it('lets what is settled be kept for an hour, and the end of the record for a moment', async () => {
    expect((await archive(0, 45)).headers['cache-control']).toBe('public, max-age=2');
    await footage.addGap(NINE + 200_000, 2);
    expect((await archive(0, 45)).headers['cache-control']).toBe('public, max-age=3600');
    expect((await archive(0, 150)).headers['cache-control']).toBe('public, max-age=2');
  });

  it.each([
    [{ to: at(1) }, 400, 'from', 'is missing'],
    [{ from: at(0), to: at(0) }, 422, 'to', 'is later than from'],
    [{ from: at(1), to: at(0) }, 422, 'to', 'is later than from'],
    [{ from: at(0), to: at(6 * 3600 + 0.001) }, 422, 'to', 'is at most 6 hours after from'],
    [{ from: at(0).replace('Z', '+01:00'), to: at(1) }, 422, 'from', 'Invalid ISO datetime'],
    [{ from: '0', to: at(1) }, 422, 'from', 'Invalid ISO datetime'],
    [{ from: at(0), to: at(1), at: at(0) }, 400, 'at', 'is not a field of this request'],
  ])('refuses %j with %d for %s', async (query, status, field, rule) => {
    const answer = await api.guest.get(address('archive.m3u8')).query(query);
    expect([answer.status, answer.body.details]).toEqual([status, [{ field, rule }]]);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });

  it('takes a range of six hours', async () => {
    await archive(0, 6 * 3600).expect(200);
  });

  it('says that there is nothing, and that there is no such camera', async () => {
    const query = { from: at(10), to: at(22) };
    for (const [cameraId, code, status] of [
      [place.cameraId, 'media.not-found', 404],
      ['5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f', 'camera.not-found', 404],
      ['nobody', 'request.malformed', 400],
    ] as const) {
      const answer = await api.guest.get(`/hls/${cameraId}/archive.m3u8`).query(query);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const open = await api.guest.get(address('archive.m3u8')).query({ from: at(-100), to: at(-50) });
    expect(open.status).toBe(404);
  });

  async function elsewhere() {
    const row = await api.db
      .selectFrom('segments')
      .selectAll()
      .where('starts_at', '=', new Date(NINE + 24_000))
      .executeTakeFirstOrThrow();
    return { row, sequence: row.media_sequence };
  }
});

describe('the timeline of a station', () => {
  let api: TestApi;
  let place: Place;
  let start: number;
  const ask = (query: Record<string, string>, code = place.stationCode) =>
    api.guest.get(`/api/v1/stations/${code}/timeline`).query(query);
  const iso = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

  beforeAll(async () => {
    api = await TestApi.start();
    const electionId = await newElection(api.db);
    const regionId = crypto.randomUUID();
    await api.db.insertInto('regions').values({ id: regionId, election_id: electionId, parent_id: null, name: 'R' }).execute();
    place = await newPlace(api.db, { electionId, regionId });
    const { opens_at } = await api.db.selectFrom('elections').select('opens_at').executeTakeFirstOrThrow();
    start = opens_at.getTime();
    const footage = new Footage(api.db, place.cameraId, join(api.config.dataDirectory, 'media'));
    const recording = await record({ seconds: 10 });
    await footage.addRun(recording, start + 60_000, { disk: false });
    await footage.addRun(recording, start + 70_040, { disk: false });
    await footage.addGap(start + 80_040, 20);
    await footage.addRun(recording, start + 105_000, { disk: false });
    await api.db
      .updateTable('segments')
      .set({ chunk: null, byte_offset: null, byte_length: null })
      .where('starts_at', '=', new Date(start + 107_000))
      .execute();
  });
  afterAll(() => api?.stop());

  it('merges what follows each other, and gives each gap its cause', async () => {
    const { body } = await ask({ from: iso(0), to: iso(115) }).expect(200);
    const cameraId = place.cameraId;
    expect(body).toEqual({
      recorded: [
        { cameraId, from: iso(60), to: iso(80.04) },
        { cameraId, from: iso(105), to: iso(107) },
        { cameraId, from: iso(109), to: iso(115) },
      ],
      gaps: [
        { cameraId, from: iso(0), to: iso(60), cause: 'not-started' },
        { cameraId, from: iso(80.04), to: iso(100.04), cause: 'camera-unreachable' },
        { cameraId, from: iso(100.04), to: iso(105), cause: 'unknown' },
        { cameraId, from: iso(107), to: iso(109), cause: 'deleted' },
      ],
      incidents: [],
    });
  });

  it('cuts to the range, and says nothing of what was not planned', async () => {
    const { body } = await ask({ from: iso(-60), to: iso(0) }).expect(200);
    expect(body).toEqual({ recorded: [], gaps: [], incidents: [] });
    const inside = await ask({ from: iso(61), to: iso(62) }).expect(200);
    expect(inside.body.recorded).toEqual([{ cameraId: place.cameraId, from: iso(61), to: iso(62) }]);
  });

  it('takes the past after the last row for a gap, never the future', async () => {
    const { body } = await ask({ from: iso(110), to: iso(110 + 24 * 3600) }).expect(200);
    const [last] = body.gaps;
    expect([body.gaps.length, last.from, last.cause]).toEqual([1, iso(115), 'unknown']);
    expect(Math.abs(Date.parse(last.to as string) - Date.now())).toBeLessThan(60_000);
  });

  it('refuses a bad range, and knows no other station', async () => {
    for (const [query, status, rule] of [
      [{ from: iso(0) }, 400, 'is missing'],
      [{ from: iso(1), to: iso(0) }, 422, 'is later than from'],
      [{ from: iso(0), to: iso(24 * 3600 + 1) }, 422, 'is at most 24 hours after from'],
    ] as const) {
      const { status: got, body } = await ask(query);
      expect([got, body.details]).toEqual([status, [{ field: 'to', rule }]]);
    }
    const unknown = await ask({ from: iso(0), to: iso(1) }, 'nowhere');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'station.not-found']);
  });
});

/** Superagent names the type of what it gives a parser after its answers; it is the incoming stream. */
function asBytes(answer: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const response = answer as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
