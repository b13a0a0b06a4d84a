import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import type { RouteDefinition } from '@app/contracts';
import { type ApiRequest, ROUTE } from './endpoint';
import { checkInput } from './route-input';

/** Injection token: whether answers are held against the schema of their route. */
export const CHECK_RESPONSES = Symbol('check responses');

/** Checks what goes into a handler of the table, and, outside production, what comes out of it. */
@Injectable()
export class RouteInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CHECK_RESPONSES) private readonly checkResponses: boolean,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const route = this.reflector.get<RouteDefinition | undefined>(ROUTE, context.getHandler());
    if (!route) return next.handle();
    const request = context.switchToHttp().getRequest<ApiRequest>();
    request.routeInput = checkInput(route, {
      params: request.params,
      query: request.query,
      body: request.body,
      contentType: request.headers['content-type']?.split(';')[0]?.trim().toLowerCase(),
    });
    return this.checkResponses ? next.handle().pipe(map((answer) => checkAnswer(route, answer))) : next.handle();
  }
}

/** A failure here is a defect of ours: the answer and the contract have drifted apart. */
function checkAnswer(route: RouteDefinition, answer: unknown): unknown {
  if (route.response) return route.response.parse(answer);
  if (answer === undefined || answer instanceof StreamableFile) return answer;
  throw new Error(`${route.method} ${route.path} answers something although its route has no response`);
}
