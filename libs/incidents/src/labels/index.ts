import { kk } from './kk';
import type { Labels } from './labels';
import { ru } from './ru';
import { uzCyrl } from './uz-cyrl';
import { uzLatn } from './uz-latn';

/** English stands in the taxonomy itself. */
export const LABELS: Readonly<Record<string, Labels>> = { ru, 'uz-Latn': uzLatn, 'uz-Cyrl': uzCyrl, kk };
