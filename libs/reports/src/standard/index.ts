import { closing } from './closing';
import { counting } from './counting';
import { opening } from './opening';
import type { StandardForm } from './question';
import { voting } from './voting';

export type { StandardForm, StandardQuestion } from './question';

/**
 * Our own questions, in plain words. They follow what missions have reported and what public guides ask for, as said beside
 * each form; they are not the wording of any mission’s handbook.
 */
export const STANDARD_FORMS: readonly StandardForm[] = [opening, voting, closing, counting];
