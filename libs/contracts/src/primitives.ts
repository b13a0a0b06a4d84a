import { z } from 'zod';

/** UUID in its canonical lower-case form. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

/** An instant: ISO 8601, UTC, with milliseconds on the way out. */
export const Instant = z.iso.datetime({ offset: false });
export type Instant = z.infer<typeof Instant>;

/** Public code of a polling station, as printed on its door: `0412`, `NOR-17/3`. */
export const StationCode = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/,
    'starts with a letter or digit; then letters, digits, and . _ / - only, 40 at most',
  );

export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

/** The answer of every list route: `nextCursor` is null on the last page, `total` counts all pages. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int() });

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
}
