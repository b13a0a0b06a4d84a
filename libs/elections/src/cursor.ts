import { z } from 'zod';
import { InvalidFields } from '@app/platform';

/** Opaque to clients: the sort key of the last item of a page. */
export function toCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws DomainError `request.malformed` for anything that `toCursor` did not make */
export function fromCursor<T extends z.ZodType>(schema: T, cursor: string | undefined): z.output<T> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    if (!(cause instanceof z.ZodError) && !(cause instanceof SyntaxError)) throw cause;
    throw new InvalidFields([{ field: 'cursor', rule: 'comes from the nextCursor of an earlier answer' }], 'request.malformed');
  }
}
