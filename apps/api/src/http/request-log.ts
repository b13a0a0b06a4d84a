import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pinoHttp } from 'pino-http';
import { type Logger, withoutSecrets } from '@app/platform';

/** A caller's own request id is kept when it is harmless in a log line and a header. */
const SANE_ID = /^[A-Za-z0-9._:-]{1,100}$/;

export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && SANE_ID.test(header) ? header : randomUUID();
}

/** Asked for many times a second by machines: kept out of the log unless something fails. */
const FREQUENT = /^\/(?:hls|health|metrics|assets)\b/;

/** One line a request, under an id that the answer carries too. No headers and no bodies: they hold secrets. */
export function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    genReqId: (request: IncomingMessage, response: ServerResponse) => {
      const id = requestIdOf(request.headers['x-request-id']);
      response.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: (request: IncomingMessage, response: ServerResponse, error?: Error) => {
      if (response.statusCode >= 500) return error ? 'error' : 'warn';
      return FREQUENT.test(request.url ?? '') ? 'trace' : 'info';
    },
    serializers: {
      req: (request: { id: unknown; method: string; url: string; remoteAddress: string }) => ({
        id: request.id,
        method: request.method,
        url: withoutSecrets(request.url),
        remoteAddress: request.remoteAddress,
      }),
      res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
    },
  });
}
