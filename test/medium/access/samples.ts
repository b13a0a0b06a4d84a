import { randomUUID } from 'node:crypto';
import type { RouteName } from '@app/contracts';
import { USUAL_CLOCKS } from '@app/incidents';
import type { TestApi } from '../api';
import { ACCREDITATION_SAMPLES } from './accreditation-samples';
import { HOLD_SAMPLES } from './hold-samples';
import { REPORT_SAMPLES } from './report-samples';
import { newCamera, type PlaceOfWorld, type World } from './world';

/** What a call of a route touches: the place, and what is there. */
export interface Touched extends PlaceOfWorld {
  incidentId: string;
  /** Of nobody who calls. */
  strangerId: string;
}

export interface Sample {
  /** In place of those of `usualParams`. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** A text goes with `contentType`. */
  body?: object | string;
  contentType?: string;
  /** The call ends sessions of whoever makes it: somebody else makes it, with the same right. */
  endsSession?: true;
  /** For lists: whether what is at the place is in the answer. */
  isSeen?: (body: { items: { id?: string; station?: { code: string } }[] }) => boolean;
}

export interface Ground {
  api: TestApi;
  world: World;
  touched: Touched;
}

const reason = 'the authorization matrix';
const at = () => new Date(Date.now() - 60_000).toISOString();

/**
 * What is sent where an empty body would be refused before the handler looks at the place: without a sample, what is
 * checked is what the guard does with the declared access. A route that checks more than that in its service gets one.
 */
export const SAMPLES: Partial<Record<RouteName, (ground: Ground) => Sample | Promise<Sample>>> = {
  signOut: () => ({ endsSession: true }),
  endAllSessions: () => ({ endsSession: true }),
  createElection: () => ({ body: {} }),
  importStations: () => ({ contentType: 'text/csv', query: { dryRun: '1' } }),
  listCameras: ({ touched }) => ({
    query: { limit: '200' },
    isSeen: ({ items }) => items.some(({ id }) => id === touched.cameraId),
  }),
  registerCamera: ({ touched }) => ({
    body: { stationCode: touched.stationCode, name: randomUUID(), source: 'push:rtmp' },
  }),
  changeCamera: () => ({ body: { name: randomUUID() } }),
  changeStation: () => ({ body: { opensAt: null } }),
  deleteCamera: async ({ api, touched }) => ({
    params: { id: await newCamera(api.db, touched.stationId, Math.floor(Math.random() * 1e9)) },
  }),
  flagIncident: ({ touched }) => ({
    body: { cameraId: touched.cameraId, at: at(), clock: { pressedAt: new Date().toISOString(), delayMs: 60_000 } },
  }),
  listIncidents: ({ touched }) => ({
    query: { limit: '200', station: touched.stationCode },
    isSeen: ({ items }) => items.some(({ id }) => id === touched.incidentId),
  }),
  describeIncident: () => ({ body: { note: 'seen' } }),
  addAddendum: () => ({ body: { text: 'seen' } }),
  handOverIncident: ({ touched }) => ({ body: { to: touched.strangerId } }),
  breakClaim: () => ({ body: { reason } }),
  moveIncident: () => ({ body: { to: 'closed', version: 1, reason, followUp: 'none' } }),
  classifyIncident: () => ({ body: { version: 1, reason, severity: 'S3' } }),
  flagCase: () => ({ body: { version: 1, reason, escalated: 'none' } }),
  askReopen: () => ({ body: { version: 1, reason } }),
  searchAudit: ({ touched }) => ({
    query: { subject: `incident:${touched.incidentId}`, limit: '200' },
    isSeen: ({ items }) => items.length > 0,
  }),
  recordPlayed: () => ({ body: { ranges: [{ from: at(), to: at() }] } }),
  setReviewClocks: () => ({ body: USUAL_CLOCKS }),
  requestEvidence: () => ({ body: { reason, recipient: 'Court' } }),
  getEvidence: async (ground) => ({ params: { jobId: await newPackage(ground) } }),
  evidencePackage: async (ground) => ({ params: { jobId: await newPackage(ground) } }),
  listDecisions: async (ground) => {
    const number = await decide(ground);
    return {
      query: { limit: '200' },
      isSeen: ({ items }) => (items as { number?: number }[]).some((item) => item.number === number),
    };
  },
  exportDecisions: () => ({ body: { reason } }),
  auditChains: ({ world }) => ({
    isSeen: ({ items }) => (items as { electionId?: string }[]).some(({ electionId }) => electionId === world.electionId),
  }),
  verifyAudit: ({ world }) => ({ query: { election: world.electionId } }),
  exportAuditCsv: () => ({ body: { reason } }),
  exportAuditJson: () => ({ body: { reason } }),
  createToken: () => ({
    body: { name: 'a', permissions: ['incident.flag'], expiresAt: new Date(Date.now() + 1e6).toISOString() },
  }),
  createAccount: () => ({ body: { email: `${randomUUID()}@example.org`, name: 'New', reason } }),
  giveGrant: () => ({ body: { role: 'observer', scope: { kind: 'all' }, reason } }),
  endGrant: () => ({ body: { reason } }),
  disableAccount: () => ({ body: { reason } }),
  enableAccount: () => ({ body: { reason } }),
  resetSecondFactor: () => ({ body: { reason } }),
  ...HOLD_SAMPLES,
  ...ACCREDITATION_SAMPLES,
  ...REPORT_SAMPLES,
};

/** The parameters of a path by what the path is about; anything else is an id of nothing. */
export function usualParams(path: string, touched: Touched): Record<string, string> {
  const id = /^\/(cameras|incidents|accounts)\b/.exec(path)?.[1];
  const ids: Record<string, string> = { cameras: touched.cameraId, incidents: touched.incidentId, accounts: touched.strangerId };
  return { id: (id && ids[id]) ?? randomUUID(), cameraId: touched.cameraId, code: touched.stationCode };
}

/** A package of the incident that a stranger asked for. */
async function newPackage({ api, touched }: Ground): Promise<string> {
  const id = randomUUID();
  const asked = {
    reason,
    recipient: 'Court',
    language: 'en' as const,
    requested_by: touched.strangerId,
    requested_at: new Date(),
  };
  const nothing = { finished_at: null, file: null, bytes: null, sha256: null, manifest_sha256: null, failure: null };
  await api.db
    .insertInto('evidence_packages')
    .values({ id, incident_id: touched.incidentId, ...asked, ...nothing })
    .execute();
  return id;
}

/** Gives the incident a decision, once. @returns its number */
async function decide({ api, touched }: Ground): Promise<number> {
  const decision = { made_by: 'one' as const, outcome: 'confirmed' as const, reason_code: 'seen', at: new Date() };
  await api.db
    .insertInto('incident_decisions')
    .values({ incident_id: touched.incidentId, round: 1, ...decision })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const incident = api.db.selectFrom('incidents').select('number').where('id', '=', touched.incidentId);
  return (await incident.executeTakeFirstOrThrow()).number;
}
