import type { ReportLanguage } from '@app/contracts';
import type { ReportWords } from './report-words';
import { en } from './words-en';
import { ru } from './words-ru';

export const REPORT_WORDS: Record<ReportLanguage, ReportWords> = { en, ru };
