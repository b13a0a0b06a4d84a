import { z } from 'zod';
import { ErrorBody } from './error-codes';
import { addressOf, type RouteDefinition } from './route';

type Json = Record<string, unknown>;

export const API_VERSION = '1';

/** The OpenAPI 3.1 document of a route table. Made from the very schemas that the server validates with. */
export function openApiDocument(table: Record<string, RouteDefinition>): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(table)) {
    const path = addressOf(route).replace(/:([A-Za-z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Pollglass',
      version: API_VERSION,
      description:
        'Find polling stations, watch their cameras, flag incidents. Errors are `{code, message, details?, requestId}`: 400 cannot be read, 422 breaks a rule.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values(table).map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: schemaOf(ErrorBody, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session', description: '`__Host-session` over HTTPS' } },
    },
  };
}

function operation(operationId: string, route: RouteDefinition): Json {
  const body = requestBody(route);
  return {
    operationId,
    tags: [route.tag],
    summary: route.summary,
    description: accessText(route),
    security: route.access.kind === 'public' ? [] : [{ session: [] }],
    parameters: parameters(route),
    ...(body ? { requestBody: body } : {}),
    responses: {
      [String(route.status)]: success(route),
      default: {
        description: 'What went wrong, under a stable code',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function accessText({ access }: RouteDefinition): string {
  if (access.kind === 'public') return 'Open to everybody.';
  if (access.kind === 'signed-in') return 'For everybody who is signed in.';
  return `Needs ${access.anyOf.map((permission) => `\`${permission}\``).join(' or ')}.`;
}

function parameters(route: RouteDefinition): Json[] {
  const found = [...fields(route.params, 'path'), ...fields(route.query, 'query')];
  if (route.secretHeader) found.push({ name: route.secretHeader, in: 'header', required: true, schema: { type: 'string' } });
  if (!route.idempotent) return found;
  const description = 'A second request with the same key gets the result of the first.';
  return [
    ...found,
    { name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string', maxLength: 200 } },
  ];
}

function fields(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: field,
  }));
}

function requestBody(route: RouteDefinition): Json | undefined {
  if (route.rawBody) return { required: true, content: { [route.rawBody]: { schema: { type: 'string' } } } };
  if (!route.body) return undefined;
  return { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } };
}

function success(route: RouteDefinition): Json {
  if (route.response)
    return { description: 'Done', content: { 'application/json': { schema: schemaOf(route.response, 'output') } } };
  if (route.responseType) return { description: 'Done', content: { [route.responseType]: { schema: {} } } };
  return { description: 'Done; no body' };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' });
  return rest;
}
