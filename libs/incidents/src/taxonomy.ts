import type { Severity } from '@app/contracts';

export const TAXONOMY_VERSION = 1;

/** What a flag has until somebody names it. */
export const UNNAMED_CODE = 'OTH-00';

export interface TaxonomyCode {
  code: string;
  group: string;
  label: string;
  severity: Severity;
  /** Key on the flag chip: the nine codes that a viewer of a live camera needs most. */
  digit: number | null;
}

export const GROUP_LABELS = {
  OPN: 'Opening',
  VOT: 'Voting',
  ENV: 'People and surroundings',
  CLS: 'Closing',
  CNT: 'Counting',
  TAB: 'Transfer and tabulation',
  EVT: 'E-voting, scanners and voter-ID devices',
  CAM: 'The video observation itself',
  OTH: 'Other',
} as const satisfies Record<string, string>;

type Group = keyof typeof GROUP_LABELS;
type Line = readonly [code: `${Group}-${string}`, severity: Severity, label: string, digit?: number];

/**
 * The severity is a default: triage may change it, the reporter's stays on record. S1 may change the result or
 * somebody's safety, S2 is a serious breach, S3 procedural, S4 a note.
 */
const LINES: readonly Line[] = [
  ['OPN-01', 'S3', 'Station not open on time'],
  ['OPN-02', 'S2', 'Box not shown empty or not sealed; materials or set-up missing'],
  ['VOT-01', 'S1', 'Ballot-box stuffing', 1],
  ['VOT-02', 'S1', 'Repeat or substitute voting', 2],
  ['VOT-03', 'S2', 'Voter check skipped or ballots issued irregularly', 3],
  ['VOT-04', 'S2', 'Group, family or directed voting', 4],
  ['VOT-05', 'S2', 'Secrecy broken', 5],
  ['VOT-06', 'S2', 'Voters turned away or voting suspended'],
  ['VOT-07', 'S1', 'Ballot-box custody broken (fixed, mobile, overnight)', 6],
  ['ENV-01', 'S1', 'Violence, threat, intimidation', 7],
  ['ENV-02', 'S2', 'Unauthorised person present or directing the work'],
  ['ENV-03', 'S3', 'Campaigning or inducement at the station'],
  ['ENV-04', 'S2', 'Observer, agent or media obstructed or removed'],
  ['CLS-01', 'S3', 'Closing time or queue rule broken'],
  ['CLS-02', 'S2', 'Unused ballots or closed box not secured before the count'],
  ['CNT-01', 'S2', 'Count hidden from view'],
  ['CNT-02', 'S1', 'Ballots added, removed, marked, mis-sorted or judged unequally', 8],
  ['CNT-03', 'S2', 'Figures do not reconcile'],
  ['CNT-04', 'S1', 'Results protocol irregular'],
  ['TAB-01', 'S1', 'Chain of custody broken in transfer or receipt'],
  ['TAB-02', 'S1', 'Figures changed, re-entered or entered out of sight'],
  ['EVT-01', 'S2', 'Zero state or self-test not shown'],
  ['EVT-02', 'S2', 'Device fails, restarts or is swapped without the recorded procedure'],
  ['EVT-03', 'S1', 'Uncontrolled access: port, seal, technician alone'],
  ['EVT-04', 'S1', 'Printed, stored and sent results missing or different'],
  ['CAM-01', 'S2', 'Camera off, covered, turned, or key area out of frame', 9],
  ['CAM-02', 'S2', 'Gap, freeze, loop or clock error in the recording'],
  [UNNAMED_CODE, 'S4', 'Other'],
];

/**
 * Codes are stable, language-free strings. A deployment may hide codes or add its own (`X-…`) in the table
 * `incident_codes`; the meaning of a code never changes, a rewording is a new version.
 */
export const TAXONOMY: readonly TaxonomyCode[] = LINES.map(([code, severity, label, digit]) => ({
  code,
  group: code.slice(0, code.indexOf('-')),
  label,
  severity,
  digit: digit ?? null,
}));
