import { randomUUID } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import {
  addressOf,
  type EventName,
  type EventPayload,
  type Incident,
  type Page,
  type Role,
  ROLES,
  type RouteDefinition,
  type RouteName,
  routes,
  type ScopeRef,
} from '@app/contracts';
import { Fanout } from '@app/realtime';
import { TestApi } from '../api';
import { checkedInMatrix, difference, header, lineOf, type Reach, REACHES, ROWS, type Who } from './matrix';
import { SAMPLES, type Touched, usualParams } from './samples';
import { makeWorld, type World } from './world';

/** Refused because of who calls. What is hidden from somebody does not exist for them. */
const REFUSED = new Set([
  'session.required',
  'access.denied',
  'access.second-factor-needed',
  'incident.not-found',
  'incident.not-accredited',
  'report.not-accredited',
]);

/** Refused before the service was asked. */
const UNREAD = new Set(['request.malformed', 'request.invalid']);

/** Each with a role that hears it where it has a right to everything; EvidenceProgress is only for whoever asked. */
const EVENTS = {
  CameraStateChanged: 'reviewer',
  IncidentFlagged: 'reviewer',
  IncidentChanged: 'reviewer',
  HoldBudgetChanged: 'custodian',
  EvidenceProgress: undefined,
} as const satisfies Record<EventName, Role | undefined>;
const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

let api: TestApi;
let world: World;
let touched: Touched;
const callers = new Map<string, { role: Role; scope: ScopeRef; cookie: string }>();
const keyOf = (who: Who, reach: Reach): string => `${who} ${reach}`;
const cookieFor = (who: Who, reach: Reach): string | undefined => callers.get(keyOf(who, reach))?.cookie;

beforeAll(async () => {
  api = await TestApi.start();
  world = await makeWorld(api.db);
  const stranger = await api.person('observer');
  touched = { ...world.north, incidentId: await flag(stranger.cookie), strangerId: stranger.id };
  const scopes: Record<Reach, ScopeRef> = {
    E: { kind: 'all' },
    O: { kind: 'region', id: world.north.regionId },
    F: { kind: 'region', id: world.south.regionId },
  };
  for (const role of ROLES)
    for (const reach of REACHES) {
      const scope = scopes[reach];
      callers.set(keyOf(role, reach), { role, scope, cookie: (await api.person(role, scope)).cookie });
    }
});
afterAll(() => api.stop());

describe('who may do what is what the checked-in table says', () => {
  const all = Object.entries(routes) as [RouteName, RouteDefinition][];

  it.each(all)('%s', async (name, route) => {
    const allowed = new Set<string>();
    const calls = ROWS.flatMap((who) => reachesOf(who).map((reach) => ({ who, reach })));
    await Promise.all(
      calls.map(async ({ who, reach }) => {
        if (await mayCall(name, route, who, reach)) allowed.add(keyOf(who, reach));
      }),
    );
    compare(name, allowed);
  });

  it('of who hears which event of sockets', async () => {
    for (const [event, heard] of await heardEvents()) compare(`socket.${event}`, heard);
  });

  it('and the table speaks of nothing else', () => {
    const known = new Set<string>([...all.map(([name]) => name), ...EVENT_NAMES.map((event) => `socket.${event}`)]);
    expect([...checkedInMatrix().keys()].filter((name) => !known.has(name))).toEqual([]);
  });
});

/** Nobody has a scope without an account. */
const reachesOf = (who: Who): readonly Reach[] => (who === 'anonymous' ? ['E'] : REACHES);

function compare(name: string, allowed: ReadonlySet<string>): void {
  const problem = difference(
    name,
    lineOf(name, (who, reach) => allowed.has(keyOf(who, who === 'anonymous' ? 'E' : reach))),
  );
  if (problem !== undefined) throw new Error(`${problem}\n\n${header()}`);
}

async function mayCall(name: RouteName, route: RouteDefinition, who: Who, reach: Reach): Promise<boolean> {
  const sample = (await SAMPLES[name]?.({ api, world, touched })) ?? {};
  const params = { ...usualParams(route.path, touched), grantId: randomUUID(), startsAt: '0', ...sample.params };
  const path = addressOf(route).replace(/:([a-zA-Z]+)/g, (_, key: string) =>
    encodeURIComponent((params as Record<string, string>)[key] ?? 'x'),
  );
  const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
  const caller = callers.get(keyOf(who, reach));
  const cookie = sample.endsSession && caller ? (await api.person(caller.role, caller.scope)).cookie : caller?.cookie;
  const call = api.guest[method](path).query(sample.query ?? {});
  if (cookie) void call.set('Cookie', cookie);
  if (sample.contentType) void call.type(sample.contentType);
  const answer = await call.send(sample.body ?? (sample.contentType ? 'code' : undefined));
  const code = (answer.body as { code?: string } | undefined)?.code;
  if (answer.status >= 500 && code !== 'stream.not-live') throw new Error(`${name} as ${who}: ${answer.status} ${answer.text}`);
  if (code !== undefined && REFUSED.has(code)) return false;
  // Whoever is let in by the guard has to get as far as the service, which looks at the place.
  if (code !== undefined && UNREAD.has(code) && route.access.kind === 'permission' && route.access.at === undefined)
    throw new Error(`${name} does not take what samples.ts sends, so who is refused is not known: ${answer.text}`);
  return answer.ok && sample.isSeen ? sample.isSeen(answer.body as never) : true;
}

/** Which sockets hear what happens in the north: who is refused a socket hears nothing. */
async function heardEvents(): Promise<[string, Set<string>][]> {
  const sockets = new Map<string, Socket>();
  for (const who of ROWS)
    for (const reach of reachesOf(who)) {
      const socket = await connect(cookieFor(who, reach));
      if (socket) sockets.set(keyOf(who, reach), socket);
    }
  const { body: list } = await api.guest
    .get('/api/v1/incidents')
    .query({ limit: '200' })
    .set('Cookie', cookieFor('reviewer', 'E') ?? '');
  const incident = (list as Page<Incident>).items.find(({ id }) => id === touched.incidentId) as Incident;
  const state = { state: 'down', since: incident.at, reason: null, lastFrameAt: null } as const;
  const picture = { codec: null, audioCodec: null, width: null, height: null, fps: null, bitrate: null };
  const payloads = {
    CameraStateChanged: { cameraId: touched.cameraId, stationCode: touched.stationCode, state: { ...state, ...picture } },
    IncidentFlagged: { incident },
    IncidentChanged: { incident },
    HoldBudgetChanged: { level: 'early', usedBytes: 7, limitBytes: 10 },
    EvidenceProgress: {
      jobId: randomUUID(),
      incidentId: incident.id,
      requestedBy: touched.strangerId,
      state: 'waiting',
      progress: 0,
    },
  } satisfies { [N in EventName]: EventPayload<N> };
  const lines: [string, Set<string>][] = [];
  for (const event of EVENT_NAMES) {
    const payload = payloads[event];
    const heard = new Set<string>();
    for (const [key, socket] of sockets) socket.on(event, () => heard.add(key));
    const listener = EVENTS[event];
    const first = listener && new Promise((resolve) => sockets.get(keyOf(listener, 'E'))?.once(event, resolve));
    await api.app.get(Fanout).publish(event, payload);
    await first;
    // What was sent to a socket before this arrives before this.
    const barriers = [...sockets.values()].map((socket) => new Promise((resolve) => socket.once('CameraStateChanged', resolve)));
    await api.app.get(Fanout).publish('CameraStateChanged', payloads.CameraStateChanged);
    await Promise.all(barriers);
    lines.push([event, heard]);
  }
  for (const socket of sockets.values()) socket.disconnect();
  return lines;
}

async function connect(cookie: string | undefined): Promise<Socket | undefined> {
  const { port } = api.server.address() as AddressInfo;
  const extraHeaders: Record<string, string> = cookie ? { Cookie: cookie } : {};
  const options = { path: '/realtime', transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true };
  const socket = io(`http://127.0.0.1:${port}`, options);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket)).once('connect_error', () => resolve(undefined));
  });
}

async function flag(cookie: string): Promise<string> {
  const clock = { pressedAt: new Date().toISOString(), delayMs: 60_000 };
  const body = { cameraId: world.north.cameraId, at: new Date(Date.now() - 60_000).toISOString(), clock };
  const answer = await api.guest.post('/api/v1/incidents').set('Cookie', cookie).send(body).expect(201);
  return (answer.body as { id: string }).id;
}
