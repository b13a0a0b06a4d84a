import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { type CurrentSession, hasAccess, Identity } from '@app/access';
import { type RouteDefinition, routes } from '@app/contracts';
import { DomainError } from '@app/platform';
import { type ApiRequest, OPEN_ROUTE, ROUTE } from './endpoint';
import { RequestPlaces } from './request-places';

const TABLE = new Set<RouteDefinition>(Object.values(routes));

/** The one guard. Refuses every handler that is neither a route of the table nor marked open, whatever it does. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identity: Identity,
    private readonly places: RequestPlaces,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') throw new DomainError('access.denied', 'Sockets only listen.');
    const handler = context.getHandler();
    if (this.reflector.get<boolean | undefined>(OPEN_ROUTE, handler)) return true;
    const route = this.reflector.get<RouteDefinition | undefined>(ROUTE, handler);
    if (!route || !TABLE.has(route)) throw new DomainError('access.denied', 'This address is not open to anybody.');
    const http = context.switchToHttp();
    await this.requireAccess(route, http.getRequest<ApiRequest>());
    // What one person may see is kept by no cache; a handler may say otherwise.
    if (route.access.kind !== 'public' || route.secretHeader !== undefined)
      http.getResponse<Response>().setHeader('Cache-Control', 'no-store');
    return true;
  }

  private async requireAccess({ access }: RouteDefinition, request: ApiRequest): Promise<void> {
    if (access.kind === 'public') return;
    const session = await this.identity.of(request.headers);
    if (!session) throw new DomainError('session.required', 'Sign in first.');
    if (access.kind !== 'signed-in' || !access.unproven) requireProven(session);
    if (access.kind === 'permission') {
      const { anyOf, at } = access;
      // Without the permission anywhere nobody learns what there is.
      const isHeld = anyOf.some((permission) => hasAccess(session, permission));
      const place = isHeld && at ? await this.places.of(at, request.params) : undefined;
      if (!isHeld || (place && !anyOf.some((permission) => hasAccess(session, permission, place))))
        throw new DomainError('access.denied', 'Your account may not do this.', { needsOneOf: anyOf });
    }
    request.session = session;
  }
}

function requireProven({ secondFactor }: CurrentSession): void {
  if (secondFactor === 'to-enrol')
    throw new DomainError(
      'access.second-factor-needed',
      'Set up a second factor first: your account may do nothing without one.',
    );
  if (secondFactor === 'to-show') throw new DomainError('access.second-factor-needed', 'Show your second factor first.');
}
