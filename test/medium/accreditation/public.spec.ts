import { sql } from 'kysely';
import type { AccreditationStatistics } from '@app/contracts';
import { APPLICATION, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.stop());
const check = (number: string) => rig.check(number);

describe('the check of a number', () => {
  it('tells where and when it holds and nothing of the person', async () => {
    const { number, email, id } = await rig.observer({ kind: 'stations', stations: ['S1', 'N1'] });
    const body = await check(number);
    expect(body).toMatchObject({
      number,
      valid: true,
      result: 'valid',
      organisation: APPLICATION.organisation,
      kind: 'citizen',
      scope: { kind: 'stations', places: ['N1', 'S1'] },
    });
    const text = JSON.stringify(body);
    for (const personal of [APPLICATION.name, email, id]) expect(text).not.toContain(personal);
    expect(await check(number.toLowerCase().replaceAll('-', ' '))).toMatchObject({ number, valid: true });
  });

  it('answers in one form whether there is such a number or not, and tells typing errors apart', async () => {
    const { number } = await rig.observer();
    const swapped = `${number[1]}${number[0]}${number.slice(2)}`;
    const mistyped = await check(swapped === number ? `${number}A` : swapped);
    expect(mistyped).toMatchObject({ result: 'mistyped', valid: false });
    const unknown = await check(neverGiven());
    expect(unknown).toMatchObject({ result: 'unknown', valid: false, organisation: null, scope: null });
    expect(Object.keys(unknown).sort()).toEqual(Object.keys(await check(number)).sort());
  });

  it('does not hold before its time', async () => {
    const { id } = await rig.apply();
    const { body } = await rig
      .decide(id, 'approve', rig.approval({ validFrom: new Date(Date.now() + 86_400_000).toISOString() }))
      .expect(200);
    expect(await check(body.number as string)).toMatchObject({ valid: false, result: 'not-yet-valid' });
  });
});

describe('the public figures', () => {
  it('count applications, decisions and the time they took, by kind, and name nobody', async () => {
    const own = await Rig.start();
    try {
      const figures = async () =>
        (await own.api.guest.get('/api/v1/public/accreditations/statistics').expect(200)).body as AccreditationStatistics;
      expect(await figures()).toMatchObject({
        decisionDays: 5,
        total: { applications: 0 },
        hoursToDecide: null,
        organisations: 0,
      });
      const applied = [];
      for (let count = 0; count < 5; count += 1) applied.push(await own.apply({ kind: count === 4 ? 'media' : 'party' }));
      const [a, b, c, d] = applied.map(({ id }) => id) as [string, string, string, string];
      for (const [id, hours] of [
        [a, 10],
        [b, 130],
        [c, 2],
      ] as const)
        await sql`update accreditations set submitted_at = now() - make_interval(hours => ${hours}),
          due_at = now() - make_interval(hours => ${hours}) + interval '5 days' where id = ${id}`.execute(own.api.db);
      await own.decide(a, 'approve', own.approval()).expect(200);
      await own.decide(b, 'reject').expect(200);
      await own.decide(c, 'approve', own.approval()).expect(200);
      await own.decide(c, 'suspend').expect(200);
      await sql`update accreditations set due_at = now() - interval '1 hour' where id = ${d}`.execute(own.api.db);
      const told = await figures();
      expect(told.total).toEqual({
        applications: 5,
        waiting: 2,
        waitingForApplicant: 0,
        overdue: 1,
        approved: 2,
        rejected: 1,
        suspended: 1,
        revoked: 0,
        validNow: 1,
      });
      expect(told.byKind.map((row) => [row.kind, row.applications])).toEqual([
        ['party', 4],
        ['citizen', 0],
        ['international', 0],
        ['media', 1],
      ]);
      expect(told).toMatchObject({ decidedLate: 1, imported: 0, organisations: 1 });
      const { decisions, median, p90, longest } = told.hoursToDecide as NonNullable<typeof told.hoursToDecide>;
      expect(decisions).toBe(3);
      for (const [hours, expected] of [
        [median, 10],
        [p90, 106],
        [longest, 130],
      ] as const)
        expect(Math.abs(hours - expected)).toBeLessThan(0.5);
      for (const personal of [APPLICATION.name, 'observers.example']) expect(JSON.stringify(told)).not.toContain(personal);
    } finally {
      await own.stop();
    }
  });
});

/** A number that reads right and was given to nobody. */
function neverGiven(): string {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
  const body = '22222222';
  const sum = [...body].reduce((total, character, index) => total + (index + 2) * alphabet.indexOf(character), 0);
  return `2222-2222-${alphabet[sum % 31]}`;
}
