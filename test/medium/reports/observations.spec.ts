import { sql } from 'kysely';
import { type Observation, type ObservationDetail, type Page, type ReportFormDefinition, REPORT_FORMS } from '@app/contracts';
import { seedReportForms } from '@app/reports';
import { answersTo, newKey, type Observer, ReportRig } from './rig';

let rig: ReportRig;
let observer: Observer;
beforeAll(async () => {
  rig = await ReportRig.start();
  observer = await rig.observer('Watch');
});
afterAll(() => rig.stop());

describe('the forms', () => {
  const forms = async (lang = 'en') =>
    ((await rig.get(observer.cookie, `/reports/forms?lang=${lang}`).expect(200)).body as { items: ReportFormDefinition[] }).items;
  const labels = (items: ReportFormDefinition[]) =>
    items.flatMap(({ sections }) => sections.flatMap(({ questions }) => questions));

  it('come in the wanted language, and say where it is English instead', async () => {
    expect((await forms()).map(({ form }) => form)).toEqual([...REPORT_FORMS]);
    for (const lang of ['en', 'ru', 'uz-Latn'])
      expect(new Set(labels(await forms(lang)).map((q) => q.lang))).toEqual(new Set([lang]));
    expect(new Set(labels(await forms('kk')).map((q) => q.lang))).toEqual(new Set(['en']));
  });

  it('may hide questions and have own ones, but nothing in them is redefined or removed', async () => {
    const { db } = rig.api;
    await sql`update report_questions set hidden = true where code = 'remarks'`.execute(db);
    await db
      .insertInto('report_questions')
      .values({
        ...{ form: 'closing', version: 1, code: 'X-tea', section: 'own', sort: 5, required: false },
        ...{ spec: JSON.stringify({ type: 'yes-no' }), shown_if: '[]', concern: null },
      })
      .execute();
    await expect(seedReportForms(db)).rejects.toThrow('has an English label: question:X-tea');
    await db.insertInto('report_labels').values({ subject: 'question:X-tea', lang: 'en', text: 'Was there tea?' }).execute();
    await seedReportForms(db);
    const closing = (await forms()).find(({ form }) => form === 'closing');
    expect(closing?.sections.map(({ label }) => label)).toContain('Questions of this mission');
    const codes = labels(await forms()).map(({ code }) => code);
    expect([codes.includes('X-tea'), codes.includes('remarks')]).toEqual([true, false]);
    await sql`update report_questions set hidden = false where code = 'remarks'`.execute(db);
    await expect(sql`update report_questions set required = false where code = 'box-sealed'`.execute(db)).rejects.toThrow(
      'not redefined',
    );
    await expect(sql`delete from report_questions`.execute(db)).rejects.toThrow('append-only');
  });
});

describe('a filled form', () => {
  it('keeps its own time and the time it came, and is written to the audit log', async () => {
    const observedAt = new Date(Date.now() - 30 * 60_000).toISOString();
    const sent = { ...rig.filled('N1', { 'box-shown-empty': 'no', 'ballots-received': 900, 'opened-at': '08:00' }), observedAt };
    const { body } = await rig.post(observer.cookie, '/reports/observations', sent).expect(201);
    const observation = body as Observation;
    expect(observation).toMatchObject({ observedAt, version: 1, concerns: 1, station: { code: 'N1' }, correctedAt: null });
    expect(Date.parse(observation.receivedAt)).toBeGreaterThan(Date.parse(observedAt) + 29 * 60_000);
    expect(await rig.audit('report', observation.id)).toEqual(['report.sent']);
  });

  it('is one, however often it is sent at once, and another one with the same key is refused', async () => {
    const before = await rig.count('report_observations');
    const sent = rig.filled('N2', { 'other-observers': 'yes' });
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => rig.post(observer.cookie, '/reports/observations', sent, key)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => (body as Observation).id)).size).toBe(1);
    expect((await rig.count('report_observations')) - before).toBe(1);
    const other = await rig.post(observer.cookie, '/reports/observations', { ...sent, stationCode: 'N3' }, key).expect(422);
    expect(other.body.code).toBe('idempotency-key.reused');
  });

  it('is refused whole, with every question and rule that it breaks', async () => {
    const before = await rig.count('report_observation_versions');
    const answers = { ...answersTo('opening', {}), 'box-sealed': 'maybe', 'ballots-received': -1, nonsense: 'yes' };
    const { body } = await rig.post(observer.cookie, '/reports/observations', { ...rig.filled('N1'), answers }).expect(422);
    expect(body.code).toBe('report.answers-invalid');
    expect(body.details).toEqual([
      { field: 'answers.nonsense', rule: 'is a question of this form' },
      { field: 'answers.ballots-received', rule: 'is a whole number from 0 to 20000' },
      { field: 'answers.box-sealed', rule: 'is yes, no or not-observed' },
    ]);
    expect(await rig.count('report_observation_versions')).toBe(before);
  });

  it.each([
    ['report.form-unknown', { formVersion: 99 }, 422],
    ['station.not-found', { stationCode: 'Nowhere' }, 404],
    ['report.time-invalid', { observedAt: new Date(Date.now() + 3_600_000).toISOString() }, 422],
    ['report.time-invalid', { observedAt: new Date(Date.now() - 80 * 3_600_000).toISOString() }, 422],
  ] as const)('is refused with %s for %j', async (code, changes, status) => {
    const { body } = await rig.post(observer.cookie, '/reports/observations', { ...rig.filled('N1'), ...changes }).expect(status);
    expect(body.code).toBe(code);
  });

  it('is taken only where and when its reporter was accredited', async () => {
    const station = await rig.api.db.selectFrom('stations').select('id').where('code', '=', 'N1').executeTakeFirstOrThrow();
    const local = await rig.observer(null, { kind: 'station', id: station.id });
    await rig.send(local, 'N1').expect(201);
    expect((await rig.send(local, 'N2').expect(403)).body.code).toBe('report.not-accredited');
    const early = { ...rig.filled('N1'), observedAt: new Date(Date.now() - 2 * 3_600_000).toISOString() };
    expect((await rig.post(local.cookie, '/reports/observations', early).expect(403)).body.code).toBe('report.not-accredited');
    const chair = await rig.api.person('chair');
    expect((await rig.send(chair, 'N1').expect(403)).body.code).toBe('access.denied');
  });

  it('of a question that was hidden meanwhile need not be answered, and may be', async () => {
    const { db } = rig.api;
    await sql`update report_questions set hidden = true where form = 'opening' and code = 'box-sealed'`.execute(db);
    const without = rig.filled('N1');
    delete without.answers['box-sealed'];
    await rig.post(observer.cookie, '/reports/observations', without).expect(201);
    await rig.send(observer, 'N1', { 'box-sealed': 'no' }).expect(201);
    await sql`update report_questions set hidden = false where form = 'opening' and code = 'box-sealed'`.execute(db);
    await rig.post(observer.cookie, '/reports/observations', without).expect(422);
  });
});

describe('a correction', () => {
  it('is a new version with a reason, on the newest one only, by its reporter only', async () => {
    const { id } = (await rig.send(observer, 'N4', { 'box-sealed': 'no' }).expect(201)).body as Observation;
    const correct = (version: number, who = observer, reason = 'I looked again') => {
      const answers = answersTo('opening', { 'box-sealed': 'yes' });
      return rig.post(who.cookie, `/reports/observations/${id}/corrections`, { version, answers, reason });
    };
    await correct(1, observer, ' ').expect(422);
    expect((await correct(1, await rig.observer('Watch')).expect(404)).body.code).toBe('report.not-found');
    const tries = await Promise.all([correct(1), correct(1)]);
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { body } = await rig.get(observer.cookie, `/reports/observations/${id}`).expect(200);
    const detail = body as ObservationDetail;
    expect(detail).toMatchObject({ version: 2, concerns: 0 });
    expect(detail.versions.map(({ version, reason }) => `${version} ${reason}`)).toEqual(['1 null', '2 I looked again']);
    expect(detail.versions[0]?.answers['box-sealed']).toBe('no');
    expect(await rig.audit('report', id)).toEqual(['report.sent', 'report.corrected']);
  });

  it('never changes or removes what was sent', async () => {
    const { db } = rig.api;
    for (const table of ['report_observations', 'report_observation_versions', 'device_checks', 'station_device_states']) {
      await expect(sql`delete from ${sql.table(table)}`.execute(db)).rejects.toThrow('append-only');
      await expect(sql`truncate ${sql.table(table)} cascade`.execute(db)).rejects.toThrow('append-only');
    }
    await expect(sql`update report_observation_versions set answers = '{}'`.execute(db)).rejects.toThrow('append-only');
  });
});

describe('the list', () => {
  it('has one’s own, newest first, page by page', async () => {
    const someone = await rig.observer('Watch');
    const ids: string[] = [];
    for (const code of ['S1', 'S2', 'S3']) ids.unshift(((await rig.send(someone, code).expect(201)).body as Observation).id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await rig.get(someone.cookie, `/reports/observations?limit=2${cursor && `&cursor=${cursor}`}`).expect(200);
      const page = body as Page<Observation>;
      expect(page.total).toBe(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
    await rig.get(observer.cookie, `/reports/observations/${ids[0]}`).expect(404);
    await rig.get((await rig.api.person('chair')).cookie, '/reports/observations').expect(403);
  });
});
