import { randomUUID } from 'node:crypto';
import type { Ground } from './samples';

const reason = 'the authorization matrix';
const HOUR_MS = 3_600_000;
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

/** A hold of the camera that is touched, which nobody who calls has made. */
async function newHold({ api, touched }: Ground, release: 'asked' | 'not-asked' = 'not-asked'): Promise<string> {
  const id = randomUUID();
  const asked = {
    release_asked_at: new Date(),
    release_asked_by: touched.strangerId,
    // Nobody who may release is refused for standing on the side of who asked.
    release_asked_as: ['custodian', 'auditor'] as ('custodian' | 'auditor')[],
    release_reason: reason,
  };
  await api.db
    .insertInto('holds')
    .values({
      id,
      camera_id: touched.cameraId,
      from_at: hoursFromNow(-2),
      to_at: hoursFromNow(-1),
      reason,
      owner_id: touched.strangerId,
      expires_at: hoursFromNow(1),
      ...(release === 'asked' && asked),
    })
    .execute();
  return id;
}

const looked = async (ground: Ground) => ({ params: { id: await newHold(ground) } });
const decided = async (ground: Ground) => ({ params: { id: await newHold(ground, 'asked') }, body: { reason } });

/** Each call acts on a hold of its own. */
export const HOLD_SAMPLES = {
  listHolds: async (ground: Ground) => {
    const id = await newHold(ground);
    const isSeen = ({ items }: { items: { id?: string }[] }) => items.some((item) => item.id === id);
    return { query: { camera: ground.touched.cameraId, limit: '200' }, isSeen };
  },
  makeHold: ({ touched }: Ground) => ({
    body: {
      cameraId: touched.cameraId,
      from: hoursFromNow(-2).toISOString(),
      to: hoursFromNow(-1).toISOString(),
      reason,
    },
  }),
  getHold: looked,
  prolongHold: async (ground: Ground) => ({ ...(await looked(ground)), body: { expiresAt: null, reason } }),
  askHoldRelease: async (ground: Ground) => ({ ...(await looked(ground)), body: { reason } }),
  confirmHoldRelease: decided,
  refuseHoldRelease: decided,
};
