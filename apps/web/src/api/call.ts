import {
  API_PREFIX,
  type ErrorBody,
  type ErrorCode,
  type RouteCall,
  type RouteDefinition,
  type RouteResponse,
} from '@app/contracts';
import { dictionary, t, textOr } from '../words';
import { isEnglish } from '../words/languages';
import { serverClock } from './server-clock';

/** A refused or failed request. `status` 0: the server was not reached. `code` is stable, `message` is for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

type Given<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] };
interface Options {
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
  /** Sent as it is instead of JSON. */
  raw?: { type: string; content: Blob };
}

/** Path and query of a route with its parameters filled in; codes may hold slashes, so each parameter is encoded whole. */
export const urlOf = (
  route: Pick<RouteDefinition, 'path' | 'outsideApi'>,
  input: { params?: unknown; query?: unknown } = {},
): string => {
  const params = (input.params ?? {}) as Record<string, string>;
  const address = route.outsideApi ? route.path : API_PREFIX + route.path;
  const path = address.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = Object.entries((input.query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, String(value)]);
  return `${path}${query.length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`;
};

/**
 * Calls a route of the contract and gives its answer.
 * @throws ApiError for every answer that is not a success, and when the server cannot be reached
 */
export const call = async <R extends RouteDefinition>(
  route: R,
  input: Given<RouteCall<R>>,
  options: Options = {},
): Promise<RouteResponse<R>> => {
  const response = await answerOf(route, input, options);
  return (response.status === 204 ? undefined : await response.json()) as RouteResponse<R>;
};

/** Calls a route whose answer is a file. @throws ApiError as `call` */
export const callForFile = async <R extends RouteDefinition>(route: R, input: Given<RouteCall<R>>): Promise<Blob> =>
  (await answerOf(route, input, {})).blob();

const answerOf = async (route: RouteDefinition, input: object, options: Options): Promise<Response> => {
  const { body, ...rest } = input as { params?: unknown; query?: unknown; body?: unknown };
  const response = await send(urlOf(route, rest), {
    method: route.method,
    credentials: 'same-origin',
    signal: options.signal ?? null,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.raw ? { 'content-type': options.raw.type } : {}),
      ...options.headers,
      ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
    },
    body: options.raw?.content ?? (body === undefined ? null : JSON.stringify(body)),
  });
  if (!response.ok) throw await errorOf(response);
  return response;
};

const send = async (url: string, init: RequestInit): Promise<Response> => {
  const sentAt = Date.now();
  try {
    const response = await fetch(url, init);
    serverClock.observe(response.headers.get('date'), sentAt, Date.now());
    return response;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'network.unreachable', t('shell:unreachable'), null);
  }
};

const errorOf = async (response: Response): Promise<ApiError> => {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const requestId = body?.requestId ?? response.headers.get('x-request-id');
  return body && typeof body.code === 'string'
    ? new ApiError(response.status, body.code, body.message, requestId, body.details)
    : new ApiError(response.status, 'internal.error', t('shell:answered', { status: response.status }), requestId);
};

/** A sentence for people from anything that was thrown. */
export const messageOf = (error: unknown): string => {
  if (error instanceof ApiError) return inOwnWords(error);
  return error instanceof Error && error.message !== '' ? error.message : t('shell:wrong');
};

/** Codes whose message holds more than the code does: a limit, a state, what a camera said. */
const TELLING: ReadonlySet<string> = new Set<ErrorCode>([
  'accreditation.not-allowed-now',
  'camera.probe-failed',
  'hold.over-budget',
  'request.malformed',
  'request.too-large',
]);

/** The server speaks English. In another language its words stand behind the translation where they say more. */
const inOwnWords = ({ code, message: server, details }: ApiError): string => {
  const message = textOr(`errors:codes.${code}`, server);
  if (isEnglish(dictionary.language) || message === server) return server;
  const namesFields = Array.isArray(details) && details.length > 0;
  return namesFields || TELLING.has(code) ? t('errors:more', { message, server }) : message;
};
