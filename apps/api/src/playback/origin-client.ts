import { Agent, type IncomingMessage, request } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { OriginSilent } from './connection-error';

/** Longer than any request may be held at an origin (three target durations of 4 s). */
const ANSWER_MS = 15_000;

export interface OriginRequest {
  originUrl: string;
  /** Path and query. */
  path: string;
  method: string;
  headers: Record<string, string>;
  /** Ends the request, before or during its answer. */
  signal: AbortSignal;
}

/** Connections to live origins, kept open and shared by all viewers. */
@Injectable()
export class OriginClient implements OnModuleDestroy {
  /** Idle ones are closed before the origin would do so (after 75 s), so that a request never meets a closing connection. */
  private readonly agent = new Agent({ keepAlive: true, keepAliveMsecs: 10_000, maxFreeSockets: 256, timeout: 60_000 });

  /** Resolves with the head of the answer; its body is still to come. Rejects when there is no answer. */
  get({ originUrl, path, method, headers, signal }: OriginRequest): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const upstream = request(new URL(path, originUrl), { agent: this.agent, method, headers, signal });
      const timer = setTimeout(() => upstream.destroy(new OriginSilent()), ANSWER_MS);
      upstream.once('response', (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      upstream.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      upstream.end();
    });
  }

  onModuleDestroy(): void {
    this.agent.destroy();
  }
}
