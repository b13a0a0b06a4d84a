import type { CheckFindingCode, CheckKind, ReportForm } from '@app/contracts';

/** What the PDF says, in one language. */
export interface InterimWords {
  title: string;
  asOf: (moment: string) => string;
  about: Record<'mission' | 'outside', string>;
  coverage: string;
  region: string;
  stations: string;
  visited: string;
  share: string;
  all: string;
  few: (stations: number) => string;
  findings: string;
  noFindings: string;
  question: string;
  code: string;
  concerns: string;
  ofAnswers: (concerns: number, answered: number) => string;
  devices: string;
  check: string;
  checks: string;
  clean: string;
  found: string;
  checkKinds: Record<CheckKind, string>;
  checkFindings: Record<CheckFindingCode, string>;
  forms: Record<ReportForm, string>;
  received: (observations: number, stations: number) => string;
  answered: string;
  notObserved: string;
  answers: string;
  yes: string;
  no: string;
  median: (value: string) => string;
  sum: (value: string) => string;
  none: string;
  byRegion: string;
  method: string;
  methodNotes: (minStations: number) => string[];
  page: (page: number, pages: number) => string;
  decimal: string;
}
