import { z } from 'zod';
import { Instant } from './primitives';

export const DISK_LEVELS = ['enough', 'filling', 'short', 'critical', 'full'] as const;
export const DiskLevelName = z.enum(DISK_LEVELS);

/** The disk that a packager records to, as it last said. */
export const DiskReport = z.strictObject({
  volume: z.string().describe('machine and folder: packagers that share it say the same'),
  usedBytes: z.number().int(),
  freeBytes: z.number().int(),
  level: DiskLevelName,
  since: Instant.describe('when it came to this level'),
  shed: z
    .strictObject({ sheets: z.number().int(), files: z.number().int(), bytes: z.number().int() })
    .describe('scrub sheets, and files of footage that left this disk early, since the disk last had room'),
  isStuck: z.boolean().describe('nothing more may go: what is left is held, or being watched'),
});
export type DiskReport = z.infer<typeof DiskReport>;
