import type { CheckDevice, Device, DeviceCheck, Incident } from '@app/contracts';
import { newKey, type Observer, ReportRig } from './rig';

let rig: ReportRig;
let operator: Observer;
let observer: Observer;
beforeAll(async () => {
  rig = await ReportRig.start();
  [operator, observer] = [await rig.api.person('operator'), await rig.observer('Watch')];
});
afterAll(() => rig.stop());

const now = () => new Date(Date.now() - 30_000).toISOString();
const entry = (serial: string) => ({ kind: 'voting-machine', serial, seals: ['A1', 'B2'], at: now(), reason: 'from the list' });
const register = async (code: string, serial: string, who = operator) =>
  (await rig.post(who.cookie, `/stations/${code}/devices`, entry(serial)).expect(201)).body as Device;
const list = async (who: Observer, code: string) =>
  ((await rig.get(who.cookie, `/stations/${code}/devices`).expect(200)).body as { items: Device[] }).items;
const zeroTape = (serial: string, changes: Partial<CheckDevice> = {}): CheckDevice => ({
  ...{ kind: 'zero-tape', observedAt: now(), serial, seals: ['A1', 'B2'], printed: true, printedAt: null, protocol: [] },
  numbers: [{ option: 'Ana', count: 0 }],
  ...changes,
});
const check = (code: string, device: Device, body: CheckDevice, who = observer, key = newKey()) =>
  rig.post(who.cookie, `/stations/${code}/devices/${device.id}/checks`, body, key);

describe('the register', () => {
  it('keeps the history of a device: who, when, why', async () => {
    const device = await register('N1', 'VM-1');
    expect(device).toMatchObject({ source: 'commission', state: 'registered', mayChange: true });
    const change = (body: object, who = operator) => rig.post(who.cookie, `/stations/N1/devices/${device.id}/states`, body);
    const sealed = { state: 'sealed', seals: ['A1', 'C3'], at: now(), reason: 'sealed for the day' };
    await change(sealed).expect(201);
    expect((await change(sealed).expect(409)).body.code).toBe('device.unchanged');
    expect((await change({ ...sealed, state: 'in-use' }, observer).expect(403)).body.code).toBe('device.not-yours');
    const [shown] = await list(observer, 'N1');
    expect(shown).toMatchObject({ state: 'sealed', seals: ['A1', 'C3'], serial: 'VM-1', mayChange: false });
    expect(shown?.history.map(({ seq, state, reason }) => `${seq} ${state} ${reason}`)).toEqual([
      '1 registered from the list',
      '2 sealed sealed for the day',
    ]);
    expect(await rig.audit('device', device.id)).toEqual(['device.registered', 'device.changed']);
  });

  it('takes each serial number once a station, also when two come at once', async () => {
    const tries = await Promise.all(
      ['vm-2', 'VM-2'].map((serial) => rig.post(operator.cookie, '/stations/N2/devices', entry(serial))),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409]);
    await register('N3', 'VM-2');
  });

  it('lets observers enter what they see; their mission changes it, others do not', async () => {
    const device = await register('N4', 'SCAN-1', observer);
    expect(device).toMatchObject({ source: 'observer', mayChange: true });
    const other = await rig.observer('Guard');
    const change = { state: 'in-use', at: now(), reason: 'switched on' };
    const path = `/stations/N4/devices/${device.id}/states`;
    expect((await rig.post(other.cookie, path, change).expect(403)).body.code).toBe('device.not-yours');
    expect((await list(other, 'N4'))[0]?.history[0]?.by).toBeNull();
    await rig.post((await rig.observer(' watch ')).cookie, path, change).expect(201);
  });

  it('refuses places out of scope, unknown devices and bad input', async () => {
    const station = await rig.api.db.selectFrom('stations').select('id').where('code', '=', 'N1').executeTakeFirstOrThrow();
    const local = await rig.observer(null, { kind: 'station', id: station.id });
    await rig.get(local.cookie, '/stations/N2/devices').expect(403);
    expect((await rig.post(local.cookie, '/stations/N2/devices', entry('VM-9')).expect(403)).body.code).toBe(
      'report.not-accredited',
    );
    await rig.post(operator.cookie, '/stations/N9/devices', entry('VM-9')).expect(404);
    await rig.post(operator.cookie, '/stations/N1/devices', { ...entry('VM-9'), reason: '' }).expect(422);
    const elsewhere = await register('N5', 'VM-5');
    await check('N6', elsewhere, zeroTape('VM-5')).expect(404);
  });
});

describe('a check', () => {
  it('names what differs from the register as it was then, and stays with its mission', async () => {
    const device = await register('S1', 'VM-10');
    const clean = (await check('S1', device, zeroTape('vm-10')).expect(201)).body as DeviceCheck;
    expect(clean.findings).toEqual([]);
    const numbers = [
      { option: 'Ana', count: 4 },
      { option: 'Boris', count: 0 },
    ];
    const bad = (await check('S1', device, zeroTape('VM-11', { seals: [], numbers })).expect(201)).body as DeviceCheck;
    expect(bad.findings.map(({ code, incident }) => `${code} ${incident}`)).toEqual([
      'serial-differs EVT-02',
      'seal-differs EVT-03',
      'zero-tape-not-zero EVT-01',
    ]);
    await rig
      .post(operator.cookie, `/stations/S1/devices/${device.id}/states`, {
        state: 'sealed',
        serial: 'VM-11',
        seals: [],
        at: now(),
        reason: 'a typing mistake',
      })
      .expect(201);
    expect((await list(await rig.observer('WATCH'), 'S1'))[0]?.checks.map(({ findings }) => findings.length)).toEqual([0, 3]);
    expect((await list(await rig.observer('Guard'), 'S1'))[0]?.checks).toEqual([]);
    expect((await list(await rig.api.person('chair'), 'S1'))[0]?.checks).toEqual([]);
    expect(await rig.audit('device-check', bad.id)).toEqual(['device.checked']);
  });

  it('is one, however often it is sent at once', async () => {
    const device = await register('S2', 'VM-20');
    const before = await rig.count('device_checks');
    const [key, body] = [newKey(), zeroTape('VM-20')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => check('S2', device, body, observer, key)));
    expect(new Set(answers.map(({ body: made }) => (made as DeviceCheck).id)).size).toBe(1);
    expect((await rig.count('device_checks')) - before).toBe(1);
  });

  it('refuses an option that is named twice', async () => {
    const device = await register('S3', 'VM-30');
    const numbers = [
      { option: 'Ana', count: 1 },
      { option: 'Ana', count: 2 },
    ];
    await check('S3', device, zeroTape('VM-30', { numbers })).expect(422);
  });

  it('becomes an incident with one action, once, with its code, and by its reporter only', async () => {
    const device = await register('S4', 'VM-40');
    const body = zeroTape('VM-40', {
      numbers: [{ option: 'Ana', count: 7 }],
      observedAt: new Date(Date.now() - 40 * 60_000).toISOString(),
    });
    const made = (await check('S4', device, body).expect(201)).body as DeviceCheck;
    const before = await rig.count('incidents');
    const flag = (who = observer, finding = 'zero-tape-not-zero') =>
      rig.post(who.cookie, `/device-checks/${made.id}/flag`, { finding });
    expect((await flag(await rig.observer('Watch')).expect(404)).body.code).toBe('device.check-not-found');
    expect((await flag(observer, 'totals-differ').expect(404)).body.code).toBe('device.check-not-found');
    const flags = await Promise.all([flag(), flag(), flag()]);
    expect(new Set(flags.map(({ status }) => status))).toEqual(new Set([200]));
    const incident = flags[0]?.body as Incident;
    expect(new Set(flags.map(({ body: told }) => (told as Incident).id))).toEqual(new Set([incident.id]));
    expect((await rig.count('incidents')) - before).toBe(1);
    expect(incident).toMatchObject({ code: 'EVT-01', at: body.observedAt, station: { code: 'S4' } });
    expect(incident.note).toContain('Ana: 7');
    const [shown] = await list(observer, 'S4');
    expect(shown?.checks[0]?.findings[0]).toMatchObject({ incidentId: incident.id, incidentNumber: incident.number });
    expect(await rig.audit('device-check', made.id)).toEqual(['device.checked', 'device.finding-flagged']);
  });

  it('is counted in the interim report, outside only from five stations on', async () => {
    const interim = async (who: Observer) =>
      (await rig.get(who.cookie, '/reports/interim.json').expect(200)).body.devices as object[];
    expect((await interim(await rig.api.person('auditor')))[0]).toEqual({ kind: 'zero-tape', total: null });
    expect((await interim(observer))[0]).toMatchObject({
      total: {
        stations: 3,
        checks: 4,
        clean: 2,
        findings: expect.arrayContaining([{ code: 'zero-tape-not-zero', checks: 2 }]) as object,
      },
    });
  });
});
