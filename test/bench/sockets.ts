/**
 * `npm run bench:sockets -- --sockets 5000 --commission 500 --flags 100`
 *
 * That many open sockets on one api, some of them of the commission; flags come in one after the other. From sending a flag until each
 * socket of the commission has heard of it: 500 ms at the 99th percentile is the promise. Clients and server share the machine.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Incident } from '@app/contracts';
import { cpuSeconds, signedInPeople, startRedis, System } from '@app/testing';
import { benchArguments, percentile } from './arguments';

const LIVE_MS = 60_000;
const OPENED_AT_ONCE = 50;
const PROMISE_MS = 500;
const HEARD_MS = 10_000;
const BETWEEN_FLAGS_MS = 300;

async function main(): Promise<boolean> {
  const options = benchArguments({ sockets: 5_000, commission: 500, people: 250, flags: 100, engine: 'postgres' });
  const redis = options.engine === 'redis' ? await startRedis() : undefined;
  const system = await System.start({ ...(redis && { REDIS_URL: redis.url }) });
  const sockets: Socket[] = [];
  try {
    await system.untilLive(16, LIVE_MS);
    const observers = await signedInPeople(system, 'observer', options.people);
    const reviewers = await signedInPeople(system, 'reviewer', Math.ceil(options.people / 10));
    const hearing = new Hearing();
    const began = performance.now();
    for (let opened = 0; opened < options.sockets; opened += OPENED_AT_ONCE) {
      const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, options.sockets - opened) }, async (_, index) => {
        const nth = opened + index;
        const isCommission = nth < options.commission;
        const cookies = isCommission ? reviewers : observers;
        const socket = await connected(system.url, cookies[nth % cookies.length]!);
        if (isCommission) socket.on('IncidentFlagged', ({ incident }: { incident: Incident }) => hearing.heard(incident.id));
        sockets.push(socket);
      });
      await Promise.all(batch);
    }
    say(`${sockets.length} sockets open after`, `${((performance.now() - began) / 1000).toFixed(1)} s`);
    const api = (await system.process('api')).pid;
    const idle = await shareOfCore(api, () => delay(10_000));
    say('api with nothing to tell', `${(idle * 100).toFixed(1)} % of a core`);
    const busy = await shareOfCore(api, () => flagAll(system, hearing, options));
    say('api while flags come in', `${(busy * 100).toFixed(1)} % of a core`);
    const [p50, p99] = [percentile(hearing.delays, 0.5), percentile(hearing.delays, 0.99)];
    const fine = hearing.missing(options.flags * options.commission) === 0 && p99 <= PROMISE_MS;
    say(
      `flag to the commission (${hearing.delays.length} of ${options.flags * options.commission} heard)`,
      `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (bound p99 ≤ ${PROMISE_MS} ms): ${fine ? 'met' : 'NOT met'}`,
    );
    return fine;
  } finally {
    sockets.forEach((socket) => socket.disconnect());
    await system.dispose();
    await redis?.stop();
  }
}

/** When which flag was sent, and what of it arrived where. */
class Hearing {
  readonly delays: number[] = [];
  private sentAt = 0;
  private early: { id: string; at: number }[] = [];
  private id: string | undefined;

  sending(): void {
    [this.sentAt, this.early, this.id] = [performance.now(), [], undefined];
  }

  /** Sockets may hear of it before the sender has its answer. */
  sent(id: string): void {
    this.id = id;
    for (const told of this.early) if (told.id === id) this.delays.push(told.at - this.sentAt);
  }

  heard(id: string): void {
    const at = performance.now();
    if (this.id === undefined) this.early.push({ id, at });
    else if (this.id === id) this.delays.push(at - this.sentAt);
  }

  missing(of: number): number {
    return of - this.delays.length;
  }
}

async function flagAll(system: System, hearing: Hearing, options: { flags: number; commission: number }): Promise<void> {
  const client = await system.client('observer');
  const cameras = await client.cameras();
  for (let nth = 0; nth < options.flags; nth += 1) {
    const at = new Date(Date.now() - 3_000).toISOString();
    const body = { cameraId: cameras[nth % cameras.length]?.id, at, code: 'VOT-01', clock: { pressedAt: at, delayMs: 2_000 } };
    hearing.sending();
    const incident = await client.json<Incident>('POST', '/incidents', body, { 'idempotency-key': randomUUID() });
    hearing.sent(incident.id);
    const givesUpAt = Date.now() + HEARD_MS;
    while (hearing.missing((nth + 1) * options.commission) > 0 && Date.now() < givesUpAt) await delay(20);
    await delay(BETWEEN_FLAGS_MS);
  }
}

async function connected(url: string, cookie: string): Promise<Socket> {
  const socket = io(url, {
    path: '/realtime',
    transports: ['websocket'],
    multiplex: false,
    reconnection: false,
    extraHeaders: { cookie, origin: url },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (cause) => reject(new Error('A socket was not let in', { cause })));
  });
  return socket;
}

async function shareOfCore(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = { cpu: cpuSeconds([pid]), at: performance.now() };
  await work();
  return (cpuSeconds([pid]) - before.cpu) / ((performance.now() - before.at) / 1000);
}

const say = (what: string, figure: string): void => void process.stdout.write(`${what.padEnd(56)} ${figure}\n`);

void main().then(
  (fine) => (process.exitCode = fine ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
