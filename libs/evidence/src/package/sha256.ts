import { createHash } from 'node:crypto';

/** hex */
export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
