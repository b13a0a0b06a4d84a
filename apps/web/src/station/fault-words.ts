import type { CameraState } from '@app/contracts';
import { dictionary, textOr } from '../words';
import { isEnglish } from '../words/languages';

/** Why a camera is not live. The server says it in English; a reason that is newer than these texts stays in its words. */
export const faultWords = (reason: CameraState['reason']): string | null => {
  if (reason === null || isEnglish(dictionary.language)) return reason?.message ?? null;
  return textOr(`errors:faults.${reason.code}`, reason.message);
};
