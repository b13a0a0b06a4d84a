import type shell from '../../locales/en/shell.json';
import type time from '../../locales/en/time.json';
import type terms from '../../locales/en/terms.json';
import type errors from '../../locales/en/errors.json';
import type start from '../../locales/en/start.json';
import type station from '../../locales/en/station.json';
import type past from '../../locales/en/past.json';
import type record from '../../locales/en/record.json';
import type flags from '../../locales/en/flags.json';
import type commission from '../../locales/en/commission.json';
import type desk from '../../locales/en/desk.json';
import type evidence from '../../locales/en/evidence.json';
import type account from '../../locales/en/account.json';
import type accreditation from '../../locales/en/accreditation.json';
import type admin from '../../locales/en/admin.json';
import type operators from '../../locales/en/operators.json';
import type wall from '../../locales/en/wall.json';
import type audit from '../../locales/en/audit.json';
import type reports from '../../locales/en/reports.json';

/** The English files: what they hold, every language has. */
interface Sources {
  shell: typeof shell;
  time: typeof time;
  terms: typeof terms;
  errors: typeof errors;
  start: typeof start;
  station: typeof station;
  past: typeof past;
  record: typeof record;
  flags: typeof flags;
  commission: typeof commission;
  desk: typeof desk;
  evidence: typeof evidence;
  account: typeof account;
  accreditation: typeof accreditation;
  admin: typeof admin;
  operators: typeof operators;
  wall: typeof wall;
  audit: typeof audit;
  reports: typeof reports;
}

/** `a.b` of `{ a: { b: 'Text' } }`. */
type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];
/** The forms of a plural are one text. */
type OnePath<P> = P extends `${infer Path}_other` ? Path : P extends `${string}_one` ? never : P;

/** Every text of the interface: `start:heading`. */
export type Key = { [N in keyof Sources]: `${N}:${OnePath<Paths<Sources[N]>> & string}` }[keyof Sources];
