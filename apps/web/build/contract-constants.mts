import type * as contracts from '@app/contracts';
import { runnerImport, type Plugin } from 'vite';

type Contracts = typeof contracts;

/**
 * Gives the browser the plain facts of `@app/contracts` without its schemas: the route table as method and path,
 * every constant that is plain data, and the rules that both sides run. Types come from the real module; zod (30 kB compressed) stays on the
 * server, which validates. Source files import `@app/contracts` as everyone else does.
 * @param entry absolute path of the contracts' index
 * @param rules absolute paths of modules that import no schema: all that they export is given as it is
 */
export const contractConstants = (entry: string, rules: readonly string[]): Plugin => ({
  name: 'contract-constants',
  enforce: 'pre',
  resolveId: (id) => (id === '@app/contracts' ? '\0contract-constants' : null),
  async load(id) {
    if (id !== '\0contract-constants') return null;
    const { module, dependencies } = await runnerImport<Contracts>(entry, { configFile: false, logLevel: 'silent' });
    for (const file of dependencies) this.addWatchFile(file);
    const constants = Object.entries({ ...module, routes: withoutSchemas(module.routes) })
      .filter(([, value]) => isPlain(value))
      .map(([name, value]) => `export const ${name} = /* @__PURE__ */ Object.freeze(${JSON.stringify(value)});`);
    return [...constants, ...rules.map((file) => `export * from ${JSON.stringify(file)};`)].join('\n');
  },
});

const withoutSchemas = (routes: Record<string, contracts.RouteDefinition>) =>
  Object.fromEntries(
    Object.entries(routes).map(([name, { method, path, outsideApi }]) => [
      name,
      { method, path, ...(outsideApi && { outsideApi }) },
    ]),
  );

const isPlain = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isPlain);
  if (value === null || typeof value !== 'object') return typeof value !== 'function' && value !== undefined;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
};
