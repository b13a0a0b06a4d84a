import type { Severity } from '@app/contracts';

/** S1 may change the result or somebody's safety, S2 is a serious breach, S3 procedural, S4 worth a note. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  S1: 'Critical',
  S2: 'Serious',
  S3: 'Procedural',
  S4: 'Note',
};

export const SeverityTag = ({ severity }: { severity: Severity }) => (
  <span className={`severity severity-${severity}`}>
    {severity} <span className="severity-word">{SEVERITY_WORDS[severity]}</span>
  </span>
);
