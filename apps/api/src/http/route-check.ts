import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type RouteDefinition, routes } from '@app/contracts';
import { ROUTE } from './endpoint';

/** What is wrong with how handlers cover the table: a sentence each; empty when each route has exactly one. */
export function uncoveredRoutes(table: Record<string, RouteDefinition>, handled: readonly RouteDefinition[]): string[] {
  const problems = Object.entries(table).flatMap(([name, route]) => {
    const handlers = handled.filter((candidate) => candidate === route).length;
    if (handlers === 1) return [];
    return [`${name} (${route.method} ${route.path}) has ${handlers === 0 ? 'no handler' : `${handlers} handlers`}`];
  });
  const strangers = handled.filter((route) => !Object.values(table).includes(route));
  return [...problems, ...strangers.map((route) => `${route.method} ${route.path} is handled, but is no route of the table`)];
}

/** Stops the process from starting with a route that nobody, or more than one, answers. */
@Injectable()
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const problems = uncoveredRoutes(routes, this.handledRoutes());
    if (problems.length > 0) throw new Error(`Handlers and the route table differ:\n${problems.join('\n')}`);
  }

  private handledRoutes(): RouteDefinition[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, () => unknown> }).prototype;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => this.reflector.get<RouteDefinition | undefined>(ROUTE, prototype[name] as () => unknown))
        .filter((route) => route !== undefined);
    });
  }
}
