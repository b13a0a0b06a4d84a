import type { CameraState } from '@app/contracts';
import { i18n, t } from '../words';
import { isEnglish } from '../words/languages';

/** Why a camera is not live. The server says it in English; a reason that is newer than these texts stays in its words. */
export const faultWords = (reason: CameraState['reason']): string | null => {
  if (reason === null || isEnglish(i18n.language)) return reason?.message ?? null;
  return t(`errors:faults.${reason.code}`, { defaultValue: reason.message });
};
