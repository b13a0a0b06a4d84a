import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from './openapi';
import { routes } from './routes';

interface Operation {
  operationId: string;
  security: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
}
const document = openApiDocument(routes) as { openapi: string; paths: Record<string, Record<string, Operation>> };
const operation = (path: string, method: string): Operation => {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
};

describe(openApiDocument, () => {
  it('is what the committed copy says: run `npm run openapi` when this fails', () => {
    const committed = JSON.parse(readFileSync(join(__dirname, '../../../docs/openapi.json'), 'utf8')) as unknown;
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
  });

  it('names every route of the table once', () => {
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((entry) => entry.operationId));
    expect(ids.sort()).toEqual(Object.keys(routes).sort());
    expect(document.openapi).toBe('3.1.0');
  });

  it('writes path parameters in braces and demands them', () => {
    expect(operation('/api/v1/stations/{code}', 'get').parameters).toEqual([
      expect.objectContaining({ name: 'code', in: 'path', required: true }),
    ]);
  });

  it('says which requests need a session', () => {
    expect(operation('/api/v1/stations', 'get').security).toEqual([]);
    expect(operation('/api/v1/cameras', 'post').security).toEqual([{ session: [] }]);
  });

  it('carries the rules of the schemas', () => {
    const schema = operation('/api/v1/cameras', 'post').requestBody?.content['application/json']?.schema;
    expect(schema).toMatchObject({
      additionalProperties: false,
      required: ['stationCode', 'name', 'source'],
      properties: { name: { maxLength: 120 }, position: { minimum: 1, maximum: 64 } },
    });
  });

  it('offers a key to repeat a request with, where there is one', () => {
    const names = (path: string, method: string) => operation(path, method).parameters.map((parameter) => parameter.name);
    expect(names('/api/v1/cameras', 'post')).toContain('Idempotency-Key');
    expect(names('/api/v1/stations', 'get')).not.toContain('Idempotency-Key');
  });
});
