import { z } from 'zod';
import { Id, Instant, PageQuery, StationCode } from './primitives';
import { Answers, type QuestionSpec, ReportForm } from './report-forms';

/** A filled form. `observedAt` is by the observer's device; what was filled without network comes later. */
export const SendObservation = z.strictObject({
  stationCode: StationCode,
  form: ReportForm,
  formVersion: z.number().int().min(1),
  observedAt: Instant,
  answers: Answers,
});
export type SendObservation = z.infer<typeof SendObservation>;

/** `version`: the one that is corrected. */
export const CorrectObservation = z.strictObject({
  version: z.number().int().min(1),
  answers: Answers,
  reason: z.string().trim().min(3).max(1000),
});
export type CorrectObservation = z.infer<typeof CorrectObservation>;

const StationName = z.strictObject({ code: z.string(), name: z.string(), timezone: z.string() });

export const Observation = z.strictObject({
  id: Id,
  station: StationName,
  form: ReportForm,
  formVersion: z.number().int(),
  version: z.number().int(),
  answers: Answers,
  concerns: z.number().int().describe('answers that say that something is wrong'),
  observedAt: Instant,
  receivedAt: Instant.describe('of the first version'),
  correctedAt: Instant.nullable(),
});
export type Observation = z.infer<typeof Observation>;

export const ObservationVersion = z.strictObject({
  version: z.number().int(),
  answers: Answers,
  receivedAt: Instant,
  reason: z.string().nullable(),
});
export const ObservationDetail = Observation.extend({ versions: z.array(ObservationVersion) });
export type ObservationDetail = z.infer<typeof ObservationDetail>;

export const ObservationQuery = PageQuery.extend({ form: ReportForm.optional(), station: StationCode.optional() });
export type ObservationQuery = z.infer<typeof ObservationQuery>;

/** Fewer stations than these are not shown to people outside the mission. */
export const MIN_STATIONS = 5;

/** `mission`: what one's own organisation observed, whole. `outside`: of all missions, never of few stations. */
export const Audience = z.enum(['mission', 'outside']);
export type Audience = z.infer<typeof Audience>;

export const TotalsCell = z.strictObject({
  stations: z.number().int().describe('that there is an answer from'),
  answered: z.number().int(),
  notObserved: z.number().int(),
  values: z.array(z.strictObject({ value: z.string(), count: z.number().int() })).describe('of yes/no and choices, in order'),
  median: z.union([z.number(), z.string()]).nullable().describe('of numbers and times'),
  sum: z.number().nullable().describe('of numbers'),
  concerns: z.number().int().nullable().describe('answers that say that something is wrong; null: the question has none'),
});
export type TotalsCell = z.infer<typeof TotalsCell>;

const QuestionTotals = z.strictObject({
  code: z.string(),
  section: z.string(),
  label: z.string(),
  lang: z.string(),
  type: z.enum(['yes-no', 'choice', 'number', 'time', 'text']),
  options: z.array(z.strictObject({ code: z.string(), label: z.string() })),
  total: TotalsCell.nullable().describe('null: of too few stations to be shown'),
  regions: z.array(z.strictObject({ regionId: Id, cell: TotalsCell.nullable() })),
});
export type QuestionTotals = z.infer<typeof QuestionTotals>;

const RegionName = z.strictObject({ id: Id, name: z.string() });

export const ReportTotals = z.strictObject({
  form: ReportForm,
  audience: Audience,
  minStations: z.number().int(),
  observations: z.number().int().nullable(),
  stations: z.number().int().nullable(),
  regions: z.array(RegionName),
  sections: z.array(z.strictObject({ code: z.string(), label: z.string() })),
  questions: z.array(QuestionTotals),
});
export type ReportTotals = z.infer<typeof ReportTotals>;

export const TotalsQuery = z.strictObject({ form: ReportForm, lang: z.string().max(35).optional() });
export type TotalsQuery = z.infer<typeof TotalsQuery>;

export const InterimQuery = z.strictObject({ lang: z.string().max(35).optional() });
export const InterimPdfQuery = z.strictObject({ lang: z.enum(['en', 'ru']).default('en') });

/** Stations that somebody visited, of all of a region. `visited` null: too few to be shown. */
export const Coverage = z.strictObject({
  stations: z.number().int(),
  visited: z.number().int().nullable(),
  regions: z.array(RegionName.extend({ stations: z.number().int(), visited: z.number().int().nullable() })),
});
export type Coverage = z.infer<typeof Coverage>;

export const TopFinding = z.strictObject({
  form: ReportForm,
  code: z.string(),
  label: z.string(),
  incident: z.string().nullable().describe('code of the taxonomy'),
  concerns: z.number().int(),
  answered: z.number().int(),
  stations: z.number().int(),
});
export type TopFinding = z.infer<typeof TopFinding>;

export type QuestionType = QuestionSpec['type'];
