import type { z } from 'zod';
import type { Permission } from './access';

/** Who may call a route. There is no default: a handler without a route of this table is refused. */
export type Access =
  | { kind: 'public' }
  /** `unproven`: also before the second factor was set up or shown. */
  | { kind: 'signed-in'; unproven?: true }
  /** `at`: the path names the place; where it lies is checked with the right. */
  | { kind: 'permission'; anyOf: readonly Permission[]; at?: PlaceInPath };

/** `everywhere`: it concerns the whole deployment. `camera`: by the parameter `id` or `cameraId`. `station`: by `code`. */
export type PlaceInPath = 'everywhere' | 'camera' | 'station';

export interface RouteDefinition {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Express style, without the `/api/v1` prefix: `/stations/:code`. */
  path: string;
  /** Not below `/api/v1`: `path` is the whole address. */
  outsideApi?: true;
  summary: string;
  tag: string;
  access: Access;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** A raw body of this media type instead of JSON; the handler reads the stream itself. */
  rawBody?: string;
  /** A header that the request has to carry; it is never part of an address because addresses are logged. */
  secretHeader?: string;
  /** The route accepts `Idempotency-Key`. */
  idempotent?: boolean;
  /** Status of success. */
  status: number;
  /** JSON body of success; absent: no body. */
  response?: z.ZodType;
  /** Media type of a success that is not JSON. */
  responseType?: string;
}

export const API_PREFIX = '/api/v1';

/** The address of a route as a request carries it, with its parameters still open. */
export function addressOf({ path, outsideApi }: Pick<RouteDefinition, 'path' | 'outsideApi'>): string {
  return outsideApi ? path : API_PREFIX + path;
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type In<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives after validation. */
export interface RouteInput<R extends RouteDefinition> {
  params: Out<R['params']>;
  query: Out<R['query']>;
  body: Out<R['body']>;
}

/** What a client sends. */
export interface RouteCall<R extends RouteDefinition> {
  params: In<R['params']>;
  query: In<R['query']>;
  body: In<R['body']>;
}

export type RouteResponse<R extends RouteDefinition> = Out<R['response']>;
