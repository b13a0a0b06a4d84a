import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type RepeatKey, requestHash } from '@app/database';
import { InvalidFields } from '@app/platform';
import type { RouteDefinition } from '@app/contracts';
import { type ApiRequest, ROUTE } from './endpoint';

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * What makes a repetition of this request known, from its `Idempotency-Key`; undefined when it carries none. For the
 * handlers of routes that are `idempotent`; goes to `runOnce`.
 */
export const Repeat = createParamDecorator((_: unknown, context: ExecutionContext): RepeatKey | undefined => {
  const route = Reflect.getMetadata(ROUTE, context.getHandler()) as RouteDefinition | undefined;
  const { headers, session, routeInput } = context.switchToHttp().getRequest<ApiRequest>();
  if (!route?.idempotent || !session) throw new Error('@Repeat() needs an idempotent route of people who are signed in');
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key))
    throw new InvalidFields([{ field: 'Idempotency-Key', rule: 'has 1 to 200 visible ASCII characters' }], 'request.malformed');
  const { params, body } = routeInput ?? {};
  return { userId: session.user.id, route: `${route.method} ${route.path}`, key, requestHash: requestHash({ params, body }) };
});
