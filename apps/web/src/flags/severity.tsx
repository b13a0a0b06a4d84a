import type { Severity } from '@app/contracts';
import { t } from '../words';

const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const satisfies readonly Severity[];

/** S1 may change the result or somebody's safety, S2 is a serious breach, S3 procedural, S4 worth a note. */
export const severityText = (severity: Severity): string => `${severity} ${t(`terms:severities.${severity}`)}`;

/** To be chosen from: each with its text. */
export const severityOptions = (): readonly (readonly [Severity, string])[] =>
  SEVERITIES.map((severity) => [severity, severityText(severity)] as const);

export const SeverityTag = ({ severity }: { severity: Severity }) => (
  <span className={`severity severity-${severity}`}>
    {severity} <span className="severity-word">{t(`terms:severities.${severity}`)}</span>
  </span>
);
