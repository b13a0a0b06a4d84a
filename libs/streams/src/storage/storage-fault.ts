import { isNativeError } from 'node:util/types';
import type { FaultCode } from '@app/contracts';

/** Why nothing may be recorded now, though the disk was not asked. */
export type Refusal = Extract<FaultCode, 'disk-full' | 'volume-missing'>;

export type StorageFault = Refusal | Extract<FaultCode, 'storage-failed'>;

/** Instead of a call of the disk. */
export class RecordingRefused extends Error {
  constructor(readonly code: Refusal) {
    super(`Nothing is recorded: ${code}`);
    this.name = 'RecordingRefused';
  }
}

const FULL_CODES = ['ENOSPC', 'EDQUOT'];
const FAULTS: readonly string[] = ['storage-failed', 'disk-full', 'volume-missing'] satisfies StorageFault[];

export const saysFull = (error: unknown): boolean => FULL_CODES.includes(codeOf(error) ?? '');

/** What an error of the disk means for a run. */
export function storageFaultOf(error: unknown): StorageFault {
  if (error instanceof RecordingRefused) return error.code;
  return saysFull(error) ? 'disk-full' : 'storage-failed';
}

/** Whether a run ended because its segment could not be kept. */
export const isStorageFault = (reason: string | null): reason is StorageFault => reason !== null && FAULTS.includes(reason);

const codeOf = (error: unknown): string | undefined =>
  isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
