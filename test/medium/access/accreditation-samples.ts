import { randomBytes, randomUUID } from 'node:crypto';
import type { Db } from '@app/database';
import { csv } from '../api';
import type { Ground } from './samples';

const reason = 'the authorization matrix';

/** An application that asks for the region that is touched. */
async function newApplication(db: Db, electionId: string, regionId: string): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('accreditations')
    .values({
      id,
      election_id: electionId,
      state: 'submitted',
      reference_hash: randomBytes(32),
      request_hash: randomBytes(32),
      name: id,
      email: `${id}@example.org`,
      kind: 'citizen',
      organisation: 'Watch',
      wished_regions: [regionId],
      submitted_at: new Date(),
      due_at: new Date(Date.now() + 1e8),
    })
    .execute();
  return id;
}

const applied = ({ api, world, touched }: Ground) => newApplication(api.db, world.electionId, touched.regionId);
const decided = async (ground: Ground) => ({ params: { id: await applied(ground) }, body: { reason } });
const looked = async (ground: Ground) => ({ params: { id: await applied(ground) } });

/** Each call decides on an application of its own. */
export const ACCREDITATION_SAMPLES = {
  listAccreditations: async (ground: Ground) => {
    const id = await applied(ground);
    const isSeen = ({ items }: { items: { id?: string }[] }) => items.some((item) => item.id === id);
    return { query: { q: id }, isSeen };
  },
  getAccreditation: looked,
  accreditationBadge: looked,
  accreditationDocument: async (ground: Ground) => ({ params: { id: await applied(ground), documentId: randomUUID() } }),
  approveAccreditation: async (ground: Ground) => ({
    params: { id: await applied(ground) },
    body: {
      reason,
      scope: { kind: 'regions', regions: [ground.touched.regionId] },
      validFrom: new Date().toISOString(),
      validTo: new Date(Date.now() + 1e8).toISOString(),
    },
  }),
  askAccreditation: decided,
  rejectAccreditation: decided,
  suspendAccreditation: decided,
  resumeAccreditation: decided,
  revokeAccreditation: decided,
  importAccreditations: ({ touched }: Ground) => ({
    contentType: 'text/csv',
    query: { dryRun: '1' },
    body: csv(
      'name,email,organisation,kind,stations,valid_from,valid_to,reason',
      `Ana,${randomUUID()}@example.org,Watch,party,${touched.stationCode},2026-01-01T00:00Z,2036-01-01T00:00Z,${reason}`,
    ),
  }),
  changeAccreditationSettings: () => ({ body: { decisionDays: 5 } }),
};
