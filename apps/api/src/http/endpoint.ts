import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  type StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { addressOf, type RouteDefinition, type RouteInput } from '@app/contracts';
import type { CurrentSession } from '@app/access';

export const ROUTE = Symbol('route');
export const OPEN_ROUTE = Symbol('open route');

/** What the guard and the interceptor leave on a request for its handler. */
export interface ApiRequest extends Request {
  session?: CurrentSession;
  routeInput?: RouteInput<RouteDefinition>;
}

/** What a handler of a route may answer: its response before the schema's defaults, or nothing or bytes where it has none. */
type Answer<R extends RouteDefinition> = R['response'] extends z.ZodType ? z.input<R['response']> : StreamableFile | void;
type Handler<R extends RouteDefinition> = (...args: never[]) => Promise<Answer<R>> | Answer<R>;

/**
 * Makes a method the handler of a route of the table: method, path and status come from there, and with them who may
 * call it, how its input is checked and what its answer looks like. `@Input()` gives it the checked input.
 */
export function Endpoint<R extends RouteDefinition>(route: R) {
  return <H extends Handler<R>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>): void => {
    applyDecorators(
      SetMetadata(ROUTE, route),
      RequestMapping({ path: addressOf(route), method: RequestMethod[route.method] }),
      HttpCode(route.status),
    )(target, key, descriptor as PropertyDescriptor);
  };
}

/** Marks a handler outside the route table, such as `/health/live` or media, as open to everybody. It checks its own input. */
export const OpenRoute = () => SetMetadata(OPEN_ROUTE, true);

/** The checked input of the route: `@Input() { params, query, body }: RouteInput<typeof routes.x>`. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { routeInput } = context.switchToHttp().getRequest<ApiRequest>();
  if (!routeInput) throw new Error('@Input() needs @Endpoint() on its method');
  return routeInput;
});

/** The session of who calls; only on routes that need one. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { session } = context.switchToHttp().getRequest<ApiRequest>();
  if (!session) throw new Error('@CurrentUser() on a route that anybody may call');
  return session;
});
