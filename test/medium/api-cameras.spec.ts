import type request from 'supertest';
import { streamKeyHash } from '@app/elections';
import { csv, newElection, TestApi } from './api';

type Agent = ReturnType<typeof request.agent>;
const HEADER = 'code,name,region,address,lat,lon,timezone,camera1_name,camera1_source';

describe('cameras', () => {
  let api: TestApi;
  let operator: Agent;

  beforeAll(async () => {
    api = await TestApi.start({ RTMP_PORT: '2935' });
    operator = await api.as('operator');
    await newElection(api.db);
    await importCsv(csv('code,name,region,timezone', '0101,School,North,Europe/Athens', '0102,Hall,North,Europe/Athens')).expect(
      200,
    );
  });
  afterAll(() => api.stop());

  const importCsv = (text: string) => operator.post('/api/v1/stations/import').type('text/csv').send(text);
  const register = (body: object) => operator.post('/api/v1/cameras').send({ stationCode: '0101', ...body });
  const rowOf = (id: string) => api.db.selectFrom('cameras').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('takes a source with its password once and never shows it again', async () => {
    const source = 'rtsp://viewer:s3cr3t-pass@10.0.0.9:8554/stream1?token=t0k3n-value';
    const made = await register({ name: 'Pulled', source }).expect(201);
    expect(made.body.source).toEqual({ kind: 'rtsp', display: 'rtsp://10.0.0.9:8554/stream1', hasCredentials: true });
    const answers = [
      made.text,
      (await operator.get(`/api/v1/cameras/${made.body.id}`).expect(200)).text,
      (await operator.get('/api/v1/cameras').expect(200)).text,
      (await operator.get('/api/v1/stations/0101').expect(200)).text,
      (await operator.patch(`/api/v1/cameras/${made.body.id}`).send({ source }).expect(200)).text,
      (await register({ name: 'Bad', source: 'http://viewer:s3cr3t-pass@10.0.0.9/?token=t0k3n-value' }).expect(422)).text,
      (await operator.post(`/api/v1/cameras/${made.body.id}/probe`).query('x=rtsp://a:s3cr3t-pass@b')).text,
      (await operator.get('/api/v1/stations?q=rtsp://viewer:s3cr3t-pass@10.0.0.9')).text,
      ...api.lines,
    ];
    for (const answer of answers) expect(answer).not.toMatch(/s3cr3t-pass|t0k3n-value/);
    const row = await rowOf(made.body.id as string);
    expect(row.source_cipher?.toString('latin1')).not.toMatch(/s3cr3t|rtsp/);
  });

  it('gives a pushed camera its address and key in this answer only', async () => {
    const made = await register({ name: 'Pushed', source: 'push:rtmp' }).expect(201);
    expect(made.body.push).toEqual({ url: 'rtmp://127.0.0.1:2935/live', streamKey: expect.stringMatching(/^[0-9a-f]{48}$/) });
    const { streamKey } = made.body.push as { streamKey: string };
    expect((await rowOf(made.body.id as string)).stream_key_hash).toEqual(streamKeyHash(streamKey));
    const again = await operator.get(`/api/v1/cameras/${made.body.id}`).expect(200);
    expect(again.body.push).toBeUndefined();
    expect(again.text + api.lines.join('')).not.toContain(streamKey);
    const renewed = await operator.patch(`/api/v1/cameras/${made.body.id}`).send({ source: 'push:rtmp' }).expect(200);
    expect(renewed.body.push.streamKey).not.toBe(streamKey);
  });

  it('makes one camera of one Idempotency-Key, with the same stream key both times', async () => {
    const body = { stationCode: '0102', name: 'Repeated', source: 'push:rtmp' };
    const send = (what: object) => operator.post('/api/v1/cameras').set('Idempotency-Key', 'k-1').send(what);
    const [first, second] = await Promise.all([send(body), send(body)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    await send({ ...body, name: 'Other' }).expect(422);
    const kept = await api.db.selectFrom('idempotency_keys').select('response_body').execute();
    expect(JSON.stringify(kept)).not.toContain(first.body.push.streamKey);
  });

  it.each([
    ['http://10.0.0.1/a.m3u8', 'starts with'],
    ['file:///etc/passwd', 'starts with'],
    ['concat:a|b', 'starts with'],
    ['rtsp:///nohost', 'no host'],
    ['rtmp://10.0.0.1/live/x?listen=1', 'listen'],
    ['srt://10.0.0.1:9000?transtype=file', 'parameter'],
  ])('refuses %s and names the rule', async (source, rule) => {
    const { status, body } = await register({ name: 'Refused', source });
    expect([status, body.code]).toEqual([422, 'camera.source-not-allowed']);
    expect(body.message).toContain(rule);
  });

  it('refuses a name twice at one station, a station that is not there, and a place that is taken', async () => {
    const source = 'rtsp://10.0.0.1/a';
    const first = await register({ name: 'Twice', source, position: 40 }).expect(201);
    const answers = await Promise.all([
      register({ name: 'Twice', source }),
      register({ stationCode: 'X-1', name: 'New', source }),
      register({ name: 'Elsewhere', source, position: 40 }),
      operator.patch(`/api/v1/cameras/${first.body.id}`).send({}),
      operator.patch('/api/v1/cameras/5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f').send({ name: 'X' }),
      operator.get('/api/v1/cameras/17'),
    ]);
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '409 camera.name-taken',
      '404 station.not-found',
      '422 request.invalid',
      '422 request.invalid',
      '404 camera.not-found',
      '400 request.malformed',
    ]);
  });

  it('changes what is asked, and tells a running packager only what concerns it', async () => {
    const { body } = await register({ stationCode: '0102', name: 'Changing', source: 'rtsp://10.0.0.1/a' }).expect(201);
    const { body: other } = await register({ stationCode: '0102', name: 'Other', source: 'rtsp://10.0.0.1/b' }).expect(201);
    const change = (what: object) => operator.patch(`/api/v1/cameras/${body.id}`).send(what).expect(200);
    const moved = await change({ name: 'Door', position: other.position });
    expect([moved.body.name, moved.body.position]).toEqual(['Door', other.position]);
    expect((await rowOf(other.id as string)).position).toBe(body.position);
    expect((await rowOf(body.id as string)).settings_version).toBe(1);
    const off = await change({ enabled: false });
    expect(off.body.state).toMatchObject({ state: 'planned-off', reason: { code: 'switched-off' } });
    await change({ enabled: false });
    expect((await rowOf(body.id as string)).settings_version).toBe(2);
    await change({ enabled: true, source: 'srt://10.0.0.2:9000?passphrase=0123456789' });
    expect(await rowOf(body.id as string)).toMatchObject({
      settings_version: 3,
      source_kind: 'srt',
      source_display: 'srt://10.0.0.2:9000',
    });
  });

  it('deletes a camera only while it holds no footage', async () => {
    const { body } = await register({ name: 'Short-lived', source: 'rtsp://10.0.0.1/a' }).expect(201);
    const segment = { kind: 'gap' as const, generation: 1, run_id: null, discontinuity_sequence: 0, duration_ticks: 90_000 };
    await api.db
      .insertInto('segments')
      .values({
        ...segment,
        camera_id: body.id as string,
        media_sequence: 0,
        starts_at: new Date(),
        independent: false,
        gap_cause: 'silent',
        chunk: null,
        byte_offset: null,
        byte_length: null,
      })
      .execute();
    const refused = await operator.delete(`/api/v1/cameras/${body.id}`).expect(409);
    expect(refused.body.code).toBe('camera.holds-footage');
    await api.db
      .deleteFrom('segments')
      .where('camera_id', '=', body.id as string)
      .execute();
    await operator.delete(`/api/v1/cameras/${body.id}`).expect(204);
    await operator.get(`/api/v1/cameras/${body.id}`).expect(404);
  });

  it('says why a probe failed, in words for people', async () => {
    const { body } = await register({ name: 'Refusing', source: 'rtsp://viewer:s3cr3t-pass@127.0.0.1:9/a' }).expect(201);
    const probed = await operator.post(`/api/v1/cameras/${body.id}/probe`).expect(422);
    expect(probed.body).toMatchObject({ code: 'camera.probe-failed', details: { fault: 'connection-refused' } });
    expect(probed.text).not.toContain('s3cr3t-pass');
  });

  describe('import', () => {
    const counts = async () => {
      const { stations, cameras } = await api.db
        .selectNoFrom((eb) => [
          eb
            .selectFrom('stations')
            .select((inner) => inner.fn.countAll<number>().as('n'))
            .as('stations'),
          eb
            .selectFrom('cameras')
            .select((inner) => inner.fn.countAll<number>().as('n'))
            .as('cameras'),
        ])
        .executeTakeFirstOrThrow();
      return { stations: stations ?? 0, cameras: cameras ?? 0 };
    };

    it('names every bad cell by line and column, and writes nothing', async () => {
      const before = await counts();
      const bad = csv(
        HEADER,
        '0201,Good,North,,,,Europe/Athens,Hall,rtsp://10.0.0.1/a',
        '02 02,Bad code,North,,95,20,Europe/Nowhere,Hall,http://u:pw-in-file@10.0.0.1/a',
        '"0203","With, comma\nand a break",North,,,,Europe/Athens,,',
        '0201,Again,North,,,,Europe/Athens,,',
        'short,row',
      );
      const { status, body, text } = await importCsv(bad);
      expect([status, body.code]).toEqual([422, 'import.invalid']);
      expect(
        (body.details as { line: number; column: number; code: string }[]).map(({ line, column, code }) => [line, column, code]),
      ).toEqual([
        [3, 1, 'station.code'],
        [3, 5, 'station.lat'],
        [3, 7, 'station.timezone'],
        [3, 9, 'camera.source-not-allowed'],
        [4, 2, 'cell.control-character'],
        [6, 1, 'station.duplicate'],
        [7, 3, 'row.length'],
      ]);
      expect(text).not.toContain('pw-in-file');
      expect(await counts()).toEqual(before);
    });

    it('makes regions of a path, reads BOM, CRLF and quotes, and finds the stations again', async () => {
      const text = `\ufeff${HEADER}\r\n"0301","Sainte-Ménéhould ""B""",Outer / Inner,"1, Rue Basse",48.5,2.25,Europe/Paris,Hall,push:rtmp\r\n`;
      const dry = await operator.post('/api/v1/stations/import?dryRun=1').type('text/csv').send(text).expect(200);
      expect(dry.body).toEqual({ dryRun: true, stations: 1, cameras: 1, push: [] });
      await operator.get('/api/v1/stations/0301').expect(404);
      const done = await importCsv(text).expect(200);
      expect(done.body.push).toEqual([
        { stationCode: '0301', cameraName: 'Hall', url: 'rtmp://127.0.0.1:2935/live', streamKey: expect.any(String) },
      ]);
      const station = await api.guest.get('/api/v1/stations/0301').expect(200);
      expect(station.body).toMatchObject({
        name: 'Sainte-Ménéhould "B"',
        regionPath: ['Outer', 'Inner'],
        address: '1, Rue Basse',
        lat: 48.5,
        state: 'down',
        cameras: [{ name: 'Hall', state: { state: 'starting', reason: { code: 'waiting-for-start' } } }],
      });
      for (const q of ['0301', 'menehould', 'RUE sainte', 'inner'])
        expect((await api.guest.get('/api/v1/stations').query({ q })).body).toMatchObject({
          total: 1,
          items: [{ code: '0301' }],
        });
      expect((await api.guest.get('/api/v1/stations').query({ q: '%' })).body.total).toBe(0);
      expect((await importCsv(text).expect(200)).body).toMatchObject({ stations: 0, cameras: 0 });
      const changed = await importCsv(text.replace('48.5', '48.6')).expect(422);
      expect(changed.body.details).toEqual([expect.objectContaining({ line: 2, column: 1, code: 'station.exists' })]);
    });

    it.each([
      ['an empty file', '', 'csv.empty', 1],
      ['a quote that never ends', `${HEADER}\n"0401,x`, 'csv.malformed', 2],
      ['a column nobody knows', `${HEADER},colour\n`, 'column.unknown', 1],
      ['a source without a name column', 'code,name,region,timezone,camera1_source\n', 'column.missing', 1],
      ['no region column', 'code,name,timezone\n', 'column.missing', 1],
    ])('refuses %s', async (_what, text, code, line) => {
      const { status, body } = await importCsv(text);
      expect(status).toBe(422);
      expect(body.details[0]).toMatchObject({ code, line });
    });

    it('refuses what is not UTF-8 and what is not CSV', async () => {
      const latin = Buffer.from(`${HEADER}\n0401,Caf\xe9,North,,,,Europe/Athens,,\n`, 'latin1');
      const answer = await operator.post('/api/v1/stations/import').type('text/csv').send(latin).expect(422);
      expect(answer.body.details[0].code).toBe('csv.encoding');
      const json = await operator.post('/api/v1/stations/import').send({ a: 1 }).expect(400);
      expect(json.body.code).toBe('request.malformed');
    });

    it('reports a thousand problems at most', async () => {
      const { body } = await importCsv(csv(HEADER, ...Array.from({ length: 1_500 }, () => 'x'))).expect(422);
      expect(body.details).toHaveLength(1_000);
    });

    it('takes 10,000 stations with two cameras within ten seconds', async () => {
      const rows = Array.from({ length: 10_000 }, (_, index) => {
        const code = `L${String(index).padStart(5, '0')}`;
        const region = `Country/Region ${index % 40}/District ${index % 400}`;
        return `${code},School no. ${index},${region},Street ${index},45.${index},20.5,Europe/Athens,Overview,rtsp://u:p${index}@10.0.0.1/${index},Box,push:rtmp`;
      });
      const text = csv(`${HEADER},camera2_name,camera2_source`, ...rows);
      const began = performance.now();
      const { body } = await importCsv(text).expect(200);
      const took = performance.now() - began;
      expect([body.stations, body.cameras, body.push.length]).toEqual([10_000, 20_000, 10_000]);
      expect(took).toBeLessThan(10_000);
      process.stdout.write(`imported 10,000 stations with 20,000 cameras in ${Math.round(took)} ms\n`);
    });
  });
});
