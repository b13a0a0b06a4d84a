import { z } from 'zod';
import { Id, Instant } from './primitives';

/** Languages that the report of a package can be written in. */
export const REPORT_LANGUAGES = ['en', 'ru'] as const;
export const ReportLanguage = z.enum(REPORT_LANGUAGES);
export type ReportLanguage = z.infer<typeof ReportLanguage>;

const sentence = (most: number) =>
  z
    .string()
    .trim()
    .min(3, 'says in at least three letters')
    .max(most, `has at most ${most} characters`)
    // These go into a record that is read line by line.
    .regex(/^[^\p{Cc}]*$/u, 'is one line without control characters');

/** Why footage leaves the system, and who gets it: asked each time, and kept. */
export const RequestEvidence = z.strictObject({
  reason: sentence(1000),
  recipient: sentence(200),
  language: ReportLanguage.default('en').describe('of the report'),
});
export type RequestEvidence = z.infer<typeof RequestEvidence>;

export const EvidenceJobRef = z.strictObject({ jobId: Id });
export type EvidenceJobRef = z.infer<typeof EvidenceJobRef>;

export const EvidenceState = z.enum(['waiting', 'building', 'ready', 'failed']);
export type EvidenceState = z.infer<typeof EvidenceState>;

export const EvidenceJob = z.strictObject({
  jobId: Id,
  incidentId: Id,
  incidentNumber: z.number().int(),
  state: EvidenceState,
  progress: z.number().int().min(0).max(100),
  reason: z.string(),
  recipient: z.string(),
  language: ReportLanguage,
  requestedBy: z.strictObject({ id: Id, name: z.string() }),
  requestedAt: Instant,
  package: z
    .strictObject({
      url: z.string(),
      fileName: z.string(),
      bytes: z.number().int(),
      sha256: z.string().describe('of the zip file'),
      manifestSha256: z.string().describe('of manifest.json in it: the same for every package of the same case'),
    })
    .nullable(),
  failure: z.string().nullable().describe('a sentence for people'),
});
export type EvidenceJob = z.infer<typeof EvidenceJob>;

/** Told to who asked for the package. */
export const EvidenceProgress = z.strictObject({
  jobId: Id,
  incidentId: Id,
  requestedBy: Id,
  state: EvidenceState,
  progress: z.number().int().min(0).max(100),
});
export type EvidenceProgress = z.infer<typeof EvidenceProgress>;
