import type request from 'supertest';
import type { InterimReport, Observation, ReportForm, ReportTotals } from '@app/contracts';
import { answersTo, type Observer, ReportRig } from './rig';

let rig: ReportRig;
let chair: Observer;
let watch: Observer;
let guard: Observer;
beforeAll(async () => {
  rig = await ReportRig.start();
  [chair, watch, guard] = [await rig.api.person('chair'), await rig.observer('Watch'), await rig.observer('Guard')];
});
afterAll(() => rig.stop());

const totals = async ({ cookie }: Observer, form: ReportForm = 'opening', lang = 'en') =>
  (await rig.get(cookie, `/reports/totals?form=${form}&lang=${lang}`).expect(200)).body as ReportTotals;
const question = ({ questions }: ReportTotals, code: string) => {
  const found = questions.find((asked) => asked.code === code);
  if (!found) throw new Error(`no question ${code}`);
  return found;
};
const regionOf = (all: ReportTotals, code: string, name: string) => {
  const region = all.regions.find((known) => known.name === name);
  return question(all, code).regions.find(({ regionId }) => regionId === region?.id)?.cell;
};
const interim = async ({ cookie }: Observer) =>
  (await rig.get(cookie, '/reports/interim.json').expect(200)).body as InterimReport;

it('are empty before anything came', async () => {
  const all = await totals(chair);
  expect(all).toMatchObject({ observations: 0, stations: 0, audience: 'outside', minStations: 5 });
  expect(question(all, 'box-sealed').total).toMatchObject({ stations: 0, answered: 0, notObserved: 0 });
});

it('are hidden from people outside while they are of fewer than five stations, and whole for the mission', async () => {
  for (const code of ['N1', 'N2', 'N3', 'N4'])
    await rig.send(watch, code, { 'box-sealed': 'yes', 'commission-members': 7 }).expect(201);
  const outside = await totals(chair);
  expect(outside).toMatchObject({ observations: null, stations: null });
  expect(question(outside, 'box-sealed')).toMatchObject({ total: null, regions: [{ cell: null }, { cell: null }] });
  const mission = await totals(watch);
  expect(mission).toMatchObject({ observations: 4, stations: 4, audience: 'mission' });
  expect(question(mission, 'box-sealed').total).toMatchObject({ answered: 4, concerns: 0, notObserved: 0 });
  expect(await totals(guard)).toMatchObject({ observations: 0, stations: 0 });
  const report = await interim(chair);
  expect(report.coverage).toMatchObject({ stations: 15, visited: null });
  expect(JSON.stringify(report)).not.toContain('"answered":4');
});

it('count values, medians and sums by region once there are five, of all missions', async () => {
  await rig.send(guard, 'N5', { 'box-sealed': 'no', 'commission-members': 3 }).expect(201);
  // A second visit of one station: a form more, no station more.
  await rig.send(guard, 'N1', { 'box-sealed': 'no', 'commission-members': 9, 'opened-at': '08:10' }).expect(201);
  const all = await totals(chair);
  expect(all).toMatchObject({ observations: 6, stations: 5 });
  expect(question(all, 'box-sealed').total).toEqual({
    ...{ stations: 5, answered: 6, notObserved: 0, concerns: 2, median: null, sum: null },
    values: [
      { value: 'yes', count: 4 },
      { value: 'no', count: 2 },
    ],
  });
  expect(question(all, 'commission-members').total).toMatchObject({ median: 7, sum: 40, answered: 6 });
  // Asked of all six, answered by one: its answer is as much its own as if no other had been asked.
  expect(question(all, 'opened-at').total).toBeNull();
  expect(question(await totals(guard), 'opened-at').total).toMatchObject({ median: '08:10', answered: 1, notObserved: 1 });
  // Asked of four stations only.
  expect(question(all, 'seals-recorded').total).toBeNull();
  expect(regionOf(all, 'box-sealed', 'North')).toMatchObject({ stations: 5 });
  expect(regionOf(all, 'box-sealed', 'South')).toMatchObject({ stations: 0, answered: 0 });
});

it('hide a region of few together with the next, so that it cannot be calculated', async () => {
  for (const code of ['S1', 'S2']) await rig.send(watch, code, { 'box-sealed': 'no' }).expect(201);
  const all = await totals(chair);
  expect(question(all, 'box-sealed').total).toMatchObject({ stations: 7 });
  expect([regionOf(all, 'box-sealed', 'North'), regionOf(all, 'box-sealed', 'South')]).toEqual([null, null]);
  expect(regionOf(await totals(watch), 'box-sealed', 'South')).toMatchObject({ stations: 2, concerns: 2 });
});

it('count the newest version of a form only', async () => {
  const { body } = await rig.send(watch, 'S3', { 'box-sealed': 'no' }).expect(201);
  const before = question(await totals(chair), 'box-sealed').total;
  const answers = answersTo('opening', { 'box-sealed': 'yes', 'seals-recorded': 'yes' });
  const correction = { version: 1, answers, reason: 'I looked again' };
  await rig.post(watch.cookie, `/reports/observations/${(body as Observation).id}/corrections`, correction).expect(201);
  const after = question(await totals(chair), 'box-sealed').total;
  expect([after?.answered, after?.concerns]).toEqual([before?.answered, (before?.concerns ?? 0) - 1]);
});

it('are of the own place for a commission of a region', async () => {
  const region = await rig.api.db.selectFrom('regions').select('id').where('name', '=', 'North').executeTakeFirstOrThrow();
  const local = await rig.api.person('chair', { kind: 'region', id: region.id });
  const all = await totals(local);
  expect(all.regions.map(({ name }) => name)).toEqual(['North']);
  expect(all.stations).toBe(5);
});

it('come in another language', async () => {
  expect(question(await totals(chair, 'opening', 'ru'), 'box-sealed').label).toBe('Все ли урны опечатаны?');
});

describe('the interim report', () => {
  it('is the same bytes when nothing came in between, as JSON, CSV and PDF in both languages', async () => {
    for (const path of ['interim.json', 'interim.csv', 'interim.pdf?lang=en', 'interim.pdf?lang=ru']) {
      const bytes = async () => {
        const answer = await rig.get(chair.cookie, `/reports/${path}`).buffer(true).parse(binary).expect(200);
        return answer.body as Buffer;
      };
      const [first, second] = [await bytes(), await bytes()];
      expect(first.length).toBeGreaterThan(1_000);
      expect(first.equals(second)).toBe(true);
      if (path.includes('pdf')) expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('has date, coverage and what was found most, and putting it on record changes nothing of it', async () => {
    const report = await interim(chair);
    expect(report.coverage).toMatchObject({ stations: 15, visited: 8 });
    expect(report.findings[0]).toMatchObject({ form: 'opening', code: 'box-sealed', incident: 'OPN-02' });
    const newest = await rig.api.db
      .selectFrom('report_observation_versions')
      .select((eb) => eb.fn.max('received_at').as('at'))
      .executeTakeFirstOrThrow();
    expect(report.asOf).toBe(newest.at.toISOString());
    expect((await rig.audit('interim-report', report.asOf)).length).toBeGreaterThan(0);
  });

  it('as CSV has a row for each value of each region, and says what is hidden', async () => {
    const { text } = await rig.get(chair.cookie, '/reports/interim.csv').expect(200);
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      'form,section,question,label,region_id,region,stations,answered,not_observed,value,count,median,sum,hidden',
    );
    expect(lines).toContain('opening,set-up,box-sealed,Are all ballot boxes sealed?,,,8,9,0,yes,5,,,0');
    expect(lines.some((line) => line.startsWith('opening,set-up,seals-recorded') && line.endsWith(',,,,,,,1'))).toBe(true);
  });

  it('is not for people without a right to it', async () => {
    for (const role of ['viewer', 'triage', 'admin'] as const)
      await rig.get((await rig.api.person(role)).cookie, '/reports/interim.json').expect(403);
    await rig.api.guest.get('/api/v1/reports/interim.pdf').expect(401);
    await rig.get(chair.cookie, '/reports/interim.pdf?lang=kk').expect(422);
    await rig.get(chair.cookie, '/reports/totals?form=breakfast').expect(422);
  });
});

const binary = (response: request.Response, done: (error: Error | null, body: Buffer) => void): void => {
  const stream = response as unknown as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
};
