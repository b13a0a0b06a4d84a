import { Agent, type IncomingMessage, request } from 'node:http';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import { chunkPath, readChunkPath } from './chunk-path';
import { RecordedBytes, type RecordedRange } from './recorded-bytes';

/** A packager that needs longer for the head of an answer is stopped or overloaded. */
const ANSWER_MS = 3_000;
const FOUND_MS = 60_000;
/** A machine that comes back is noticed after this. */
const MISSED_MS = 2_000;
const MAX_KNOWN = 10_000;

interface Known {
  origin: Promise<string | undefined>;
  untilMs: number;
}

/** Footage on the disks of other machines, from the origins of the packagers there. A run is on one machine as a whole. */
@Injectable()
export class OtherMachines extends RecordedBytes implements OnModuleDestroy {
  private readonly agent = new Agent({ keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 64, timeout: 60_000 });
  /** By folder of the run. */
  private readonly known = new Map<string, Known>();

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {
    super();
  }

  async open({ file, offset, length }: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined> {
    const path = chunkPath(file);
    if (readChunkPath(path) === undefined) return undefined;
    for (const isSecondTry of [false, true]) {
      const origin = await this.originOf(file, isSecondTry);
      if (origin === undefined) return undefined;
      const range = `bytes=${offset}-${offset + length - 1}`;
      const answer = await this.ask(origin, { method: 'GET', path, headers: { range } }, signal);
      if (answer?.statusCode === 206 && answer.headers['content-length'] === String(length)) return answer;
      answer?.destroy();
      this.known.delete(dirname(file));
      signal?.throwIfAborted();
    }
    return undefined;
  }

  onModuleDestroy(): void {
    this.agent.destroy();
  }

  private originOf(file: string, anew: boolean): Promise<string | undefined> {
    const run = dirname(file);
    const before = this.known.get(run);
    const nowMs = this.clock.monotonicMs();
    if (before && !anew && before.untilMs > nowMs) return before.origin;
    const known: Known = { origin: this.search(chunkPath(file)), untilMs: nowMs + FOUND_MS };
    this.known.delete(run);
    this.known.set(run, known);
    known.origin.then(
      (origin) => {
        if (origin === undefined) known.untilMs = nowMs + MISSED_MS;
      },
      () => this.known.delete(run),
    );
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_KNOWN) break;
      this.known.delete(oldest);
    }
    return known.origin;
  }

  /** Asks all packagers at once whether they have the file. */
  private async search(path: string): Promise<string | undefined> {
    const { rows } = await sql<{ origin: string }>`select distinct origin_url as origin from packagers
      where heartbeat_at > now() - interval '15 seconds'`.execute(this.db);
    const answers = rows.map(async ({ origin }) => {
      const answer = await this.ask(origin, { method: 'HEAD', path, headers: {} });
      answer?.resume();
      if (answer?.statusCode !== 200) throw new Error(`${origin} does not have it`);
      return origin;
    });
    // None of them: an AggregateError, or nobody was asked.
    return await Promise.any(answers).catch(() => undefined);
  }

  /** Undefined: no answer. What breaks an answer off is told to who reads it. */
  private ask(
    origin: string,
    { path, ...options }: { method: string; path: string; headers: Record<string, string> },
    signal?: AbortSignal,
  ): Promise<IncomingMessage | undefined> {
    return new Promise((resolve) => {
      const asked = request(new URL(path, origin), { agent: this.agent, ...options, ...(signal && { signal }) });
      const timer = setTimeout(() => asked.destroy(), ANSWER_MS);
      asked.once('response', (answer) => {
        clearTimeout(timer);
        answer.on('error', () => undefined);
        resolve(answer);
      });
      asked.on('error', () => resolve(undefined));
      asked.once('close', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
      asked.end();
    });
  }
}
