import { type RawBuilder, sql, type SqlBool } from 'kysely';
import { InvalidFields } from '@app/platform';

/** `count-first`: by the clock, but what happens in the count comes first: nobody can be sent there a second time. */
export type IncidentOrder = 'newest' | 'clock' | 'count-first';

/** Where a page ended. `due`: the clock of its last incident, `infinity` where none runs. */
export interface Position {
  order: IncidentOrder;
  number: number;
  ofCount: boolean;
  due: string;
}

const DUE = sql`coalesce(incidents.due_at, 'infinity')`;

export const orderBy: Record<IncidentOrder, RawBuilder<unknown>> = {
  newest: sql`incidents.number desc`,
  clock: sql`${DUE}, incidents.number`,
  'count-first': sql`incidents.of_count desc, ${DUE}, incidents.number`,
};

/** The rows behind a position. */
export function behind({ order, number, ofCount, due }: Position): RawBuilder<SqlBool> {
  const later = sql<SqlBool>`(${DUE}, incidents.number) > (${due}::timestamptz, ${number}::integer)`;
  if (order === 'newest') return sql`incidents.number < ${number}`;
  if (order === 'clock') return later;
  return ofCount ? sql`(incidents.of_count and ${later} or not incidents.of_count)` : sql`(not incidents.of_count and ${later})`;
}

export function cursorOf({ order, number, ofCount, due }: Position): string {
  return Buffer.from(JSON.stringify([order, number, ofCount, due])).toString('base64url');
}

/** @throws InvalidFields for a cursor that is not ours, or is of another order */
export function positionOf(cursor: string, orders: readonly IncidentOrder[]): Position {
  try {
    const [order, number, ofCount, due] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [
      unknown,
      unknown,
      unknown,
      unknown,
    ];
    const known = orders.find((each) => each === order);
    const isTime = typeof due === 'string' && (due === 'infinity' || !Number.isNaN(Date.parse(due)));
    if (known && Number.isInteger(number) && typeof ofCount === 'boolean' && isTime)
      return { order: known, number: number as number, ofCount, due };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error;
  }
  throw new InvalidFields([{ field: 'cursor', rule: 'is a cursor of this list' }]);
}
