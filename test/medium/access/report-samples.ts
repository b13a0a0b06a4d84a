import { randomUUID } from 'node:crypto';
import type { Db } from '@app/database';
import type { Ground } from './samples';

const reason = 'the authorization matrix';
const at = () => new Date(Date.now() - 60_000).toISOString();

async function newDevice(db: Db, electionId: string, stationId: string, userId: string): Promise<string> {
  const id = randomUUID();
  const device = {
    id,
    election_id: electionId,
    station_id: stationId,
    organisation: null,
    added_by: userId,
    added_at: new Date(),
  };
  await db
    .insertInto('station_devices')
    .values({ ...device, kind: 'ballot-scanner', source: 'commission' })
    .execute();
  const seen = { serial: id, seals: [], at: new Date(), received_at: new Date(), actor_id: userId, reason };
  await db
    .insertInto('station_device_states')
    .values({ ...seen, device_id: id, seq: 1, state: 'registered' })
    .execute();
  return id;
}

const device = async ({ api, world, touched }: Ground) => ({
  deviceId: await newDevice(api.db, world.electionId, touched.stationId, touched.strangerId),
});

/** The forms are not seeded: what is allowed goes as far as the answers. */
export const REPORT_SAMPLES = {
  sendObservation: ({ touched }: Ground) => ({
    body: { stationCode: touched.stationCode, form: 'opening', formVersion: 1, observedAt: at(), answers: {} },
  }),
  correctObservation: () => ({ body: { version: 1, answers: {}, reason } }),
  reportTotals: () => ({ query: { form: 'opening' } }),
  registerDevice: () => ({ body: { kind: 'other', serial: randomUUID(), seals: [], at: at(), reason } }),
  changeDevice: async (ground: Ground) => ({
    params: { code: ground.touched.stationCode, ...(await device(ground)) },
    body: { state: 'sealed', at: at(), reason },
  }),
  checkDevice: async (ground: Ground) => ({
    params: { code: ground.touched.stationCode, ...(await device(ground)) },
    body: {
      ...{ kind: 'zero-tape', observedAt: at(), serial: 'a', seals: [], printed: false, printedAt: null, numbers: [] },
    },
  }),
  flagDeviceCheck: () => ({ params: { id: randomUUID() }, body: { finding: 'totals-differ' } }),
};
