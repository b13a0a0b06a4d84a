import { randomUUID } from 'node:crypto';
import type { FlagIncident, Role } from '@app/contracts';
import type { Db } from '@app/database';
import { type Actor, ClipRequests, FlagService, IncidentQueries, OwnFlagService, seedIncidentCodes } from '@app/incidents';
import { Clock, createLogger } from '@app/platform';
import type { JobQueue } from '@app/queue';
import type { OutboxRelay } from '@app/realtime';
import { rightsOf } from '@app/testing';

export const silent = createLogger('test', 'silent');

export interface Place {
  electionId: string;
  regionId: string;
  stationId: string;
  stationCode: string;
  cameraId: string;
}

/** A station with a camera, in a region of an election of its own, or of the one given. */
export async function newPlace(db: Db, below?: { electionId: string; regionId: string }): Promise<Place> {
  const electionId = below?.electionId ?? randomUUID();
  const [regionId, stationId, cameraId] = [randomUUID(), randomUUID(), randomUUID()];
  if (!below) {
    const times = { opens_at: new Date('2026-10-25T06:00Z'), closes_at: new Date('2026-10-25T18:00Z') };
    await db
      .insertInto('elections')
      .values({ id: electionId, name: 'E', ...times, count_ends_at: new Date('2026-10-26T06:00Z') })
      .execute();
  }
  const parent_id = below?.regionId ?? null;
  await db.insertInto('regions').values({ id: regionId, election_id: electionId, parent_id, name: regionId }).execute();
  const stationCode = stationId.slice(0, 8);
  await db
    .insertInto('stations')
    .values({
      id: stationId,
      election_id: electionId,
      region_id: regionId,
      code: stationCode,
      name: `School ${stationCode}`,
      address: null,
      lat: null,
      lon: null,
      timezone: 'Europe/Prague',
      search_text: '',
    })
    .execute();
  await db
    .insertInto('cameras')
    .values({
      id: cameraId,
      station_id: stationId,
      name: 'Ballot box',
      position: 1,
      enabled: true,
      source_kind: 'rtsp',
      source_display: 'rtsp://camera.example/1',
      has_credentials: false,
      source_cipher: Buffer.from('sealed'),
      stream_key_hash: null,
    })
    .execute();
  return { electionId, regionId, stationId, stationCode, cameraId };
}

export async function newActor(db: Db, role: Role): Promise<Actor> {
  const [id, name] = [randomUUID(), `A ${role}`];
  await db
    .insertInto('users')
    .values({ id, email: `${id}@test.example`, name, password_hash: 'none' })
    .execute();
  return { user: { id, email: `${id}@test.example`, name, roles: [role] }, ...rightsOf(role) };
}

/** Goes on as the real one does, from wherever it was put. */
export class MovableClock extends Clock {
  private offsetMs = 0;

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  monotonicMs(): number {
    return this.nowMs();
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

export interface EnqueuedClip {
  incidentId: string;
  delayMs: number;
}

/** The services on a real database, with what leaves the process written down. */
export async function incidentServices(db: Db) {
  await seedIncidentCodes(db);
  const clock = new MovableClock();
  const enqueued: EnqueuedClip[] = [];
  const queue = {
    enqueue: (_name: string, { incidentId }: { incidentId: string }, { delayMs }: { delayMs: number }) => {
      enqueued.push({ incidentId, delayMs });
      return Promise.resolve();
    },
  };
  let kicks = 0;
  const relay = { kick: () => (kicks += 1) } as unknown as OutboxRelay;
  const clips = new ClipRequests(db, queue as unknown as JobQueue, clock, silent);
  return {
    clock,
    enqueued,
    kicks: () => kicks,
    clips,
    flags: new FlagService(db, clock, relay, clips),
    own: new OwnFlagService(db, clock, relay),
    queries: new IncidentQueries(db),
  };
}

/** A flag on the frame of three seconds ago. */
export function newFlag(cameraId: string, other: Partial<FlagIncident> = {}, nowMs = Date.now()): FlagIncident {
  const pressedAt = new Date(nowMs).toISOString();
  return {
    cameraId,
    at: new Date(nowMs - 3_000).toISOString(),
    code: 'VOT-01',
    clock: { pressedAt, delayMs: 3_000 },
    ...other,
  };
}

/** Rejects unless the promise rejects with this code. @returns the error's details */
export async function refusal(promise: Promise<unknown>): Promise<{ code: unknown; fields: string[] }> {
  try {
    await promise;
  } catch (error) {
    const { code, details } = error as { code: unknown; details?: unknown };
    return { code, fields: Array.isArray(details) ? details.map((problem: { field: string }) => problem.field) : [] };
  }
  throw new Error('Nothing was refused');
}
