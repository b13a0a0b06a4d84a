import { sql } from 'kysely';
import type { AccreditationImportResult, ImportProblem, OwnApplication } from '@app/contracts';
import { csv } from '../api';
import { APPLICATION, PASSWORD, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.stop());

const HEADER = 'name,email,organisation,kind,regions,stations,valid_from,valid_to,reason';
const row = (email: string, changes: Partial<Record<'name' | 'kind' | 'regions' | 'stations' | 'reason', string>> = {}) => {
  const { name = 'Ana', kind = 'party', regions = '', stations = '', reason = 'Decision 12' } = changes;
  return [name, email, 'Party of Order', kind, regions, stations, '2026-01-01T00:00Z', '2036-01-01T00:00Z', reason].join(',');
};
const send = (rows: string[], { dryRun = false, agent = rig.chair } = {}) =>
  agent
    .post('/api/v1/accreditations/import')
    .query(dryRun ? { dryRun: '1' } : {})
    .type('text/csv')
    .send(csv(HEADER, ...rows));
const count = async () => {
  const { rows } = await sql<{ count: number }>`select count(*) from accreditations`.execute(rig.api.db);
  return rows[0]?.count;
};

describe('the import of a list', () => {
  it('accredits everybody in it, for the places and with the reason of each row, and hands out references once', async () => {
    const rows = [
      row('one@party.example', { regions: 'North' }),
      row('two@party.example', { stations: 'N1; S1' }),
      row('three@party.example'),
    ];
    const before = await count();
    expect((await send(rows, { dryRun: true }).expect(200)).body).toEqual({ dryRun: true, accreditations: 3, people: [] });
    expect(await count()).toBe(before);
    const { body } = await send(rows).expect(200);
    expect(body).toMatchObject({
      dryRun: false,
      accreditations: 3,
      people: [{ line: 2, name: 'Ana' }, { line: 3 }, { line: 4 }],
    });
    const [one, two, three] = (body as AccreditationImportResult).people;
    expect(await rig.check(one?.number ?? '')).toMatchObject({ valid: true, scope: { kind: 'regions', places: ['North'] } });
    expect(await rig.check(two?.number ?? '')).toMatchObject({ scope: { kind: 'stations', places: ['N1', 'S1'] } });
    expect(await rig.check(three?.number ?? '')).toMatchObject({ scope: { kind: 'election' }, organisation: 'Party of Order' });
    await rig.ownPost(one?.reference ?? '', 'account', { password: PASSWORD }).expect(201);
    await rig.api.guest.post('/api/v1/sessions').send({ email: 'one@party.example', password: PASSWORD }).expect(201);
    const own = (await rig.own(three?.reference ?? '').expect(200)).body as OwnApplication;
    expect(own).toMatchObject({ state: 'approved', reason: 'Decision 12' });
    expect(await rig.auditOf(own.id)).toEqual(['approve']);
    const organisations = await rig.api.db.selectFrom('organisations').select('name').execute();
    expect(organisations).toEqual([{ name: 'Party of Order' }]);
    const { body: figures } = await rig.api.guest.get('/api/v1/public/accreditations/statistics').expect(200);
    expect(figures).toMatchObject({ imported: 3, hoursToDecide: null });
  });

  it.each([
    ['a kind there is none of', row('a@x.example', { kind: 'friend' }), 4, 'person.kind'],
    ['no e-mail', row(''), 2, 'cell.empty'],
    ['a region of nowhere', row('a@x.example', { regions: 'North/Nowhere' }), 5, 'person.places'],
    ['a station of nowhere', row('a@x.example', { stations: 'X9' }), 6, 'person.places'],
    ['no reason', row('a@x.example', { reason: '' }), 9, 'person.reason'],
    ['an address that is on another line', row('FINE@x.example'), 2, 'person.duplicate'],
    ['too few cells', 'Ana,a@x.example', 3, 'row.length'],
  ])('enters nobody when one row has %s, and names line and column', async (_what, bad, column, code) => {
    const before = await count();
    const { body } = await send([row('fine@x.example'), bad]).expect(422);
    expect(body.code).toBe('import.invalid');
    expect(body.details).toEqual([{ line: 3, column, code, message: expect.any(String) }]);
    expect(await count()).toBe(before);
  });

  it('enters nobody twice, nor somebody who has a badge', async () => {
    await send([row('badge@x.example')]).expect(200);
    const { body } = await send([row('new@x.example'), row('Badge@x.example')]).expect(422);
    expect(body.details).toEqual([expect.objectContaining({ line: 3, column: 2, code: 'accreditation.already-accredited' })]);
    const both = await Promise.all([send([row('race@x.example')]), send([row('race@x.example')])]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  it('is not for oneself, nor for places beyond one’s own', async () => {
    const { email, agent } = await rig.decider({ kind: 'region', id: rig.region('North') });
    const own = await send([row(email, { regions: 'North' })], { agent }).expect(422);
    expect(own.body.details[0].code).toBe('accreditation.own-application');
    await send([row('s@x.example', { regions: 'South' })], { agent }).expect(403);
    await send([row('s@x.example')], { agent }).expect(403);
    await send([row('n@x.example', { stations: 'N1' })], { agent }).expect(200);
    await send([row('o@x.example')], { agent: await rig.api.as('operator') }).expect(403);
  });

  it('reads nothing that is no list', async () => {
    const sent = async (text: string) => {
      const { body } = await rig.chair.post('/api/v1/accreditations/import').type('text/csv').send(text).expect(422);
      return (body.details as ImportProblem[])[0];
    };
    expect(await sent('')).toMatchObject({ code: 'csv.empty' });
    expect(await sent('name,salary\n')).toMatchObject({ line: 1, column: 2, code: 'column.unknown' });
    expect(await sent(`${HEADER}\n"${APPLICATION.name}`)).toMatchObject({ line: 2, code: 'csv.malformed' });
  });
});
