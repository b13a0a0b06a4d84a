import { type IncidentDetail, FOLLOW_UPS, routes, type Severity } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call';
import { codesQuery } from '../api/queries';
import { SEVERITY_WORDS } from '../flags/severity';
import { CaseForm, LongText, Pick } from './form-fields';
import type { CaseActing } from './use-case-action';
import { useDraft } from './use-draft';

interface Props {
  incident: IncidentDetail;
  acting: CaseActing;
  onCancel: () => void;
}

const FOLLOW_UP_WORDS: Readonly<Record<(typeof FOLLOW_UPS)[number], string>> = {
  referral: 'Referred to another body',
  correction: 'Corrected at the station',
  none: 'Nothing follows',
  'appeal-over': 'The time for an appeal is over',
};

const severities = Object.entries(SEVERITY_WORDS).map(([option, words]) => [option as Severity, `${option} ${words}`] as const);

/** Gives a report its category and severity and sends it to the reviewers, or changes them later. */
export const ClassifyForm = ({ incident, acting, onCancel, isRoute }: Props & { isRoute: boolean }) => {
  const { data: codes = [] } = useQuery(codesQuery);
  const [code, setCode] = useState(incident.code);
  const [severity, setSeverity] = useState(incident.severity);
  const [reason, setReason] = useDraft(`${incident.id}.${isRoute ? 'route' : 'classify'}`);
  const params = { id: incident.id };
  const { version } = incident;
  const send = () =>
    acting.run(async () => {
      if (isRoute) await call(routes.moveIncident, { params, body: { to: 'in_review', version, reason, code, severity } });
      else await call(routes.classifyIncident, { params, body: { version, reason, code, severity } });
      setReason('');
    });
  return (
    <CaseForm
      label={isRoute ? 'Send to review' : 'Change category or severity'}
      submit={isRoute ? 'Send to review' : 'Change'}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Pick
        label="Category"
        value={code}
        options={codes.map((each) => [each.code, `${each.code} ${each.label}`] as const)}
        onChange={setCode}
        testId="code"
      />
      <Pick label="Severity" value={severity} options={severities} onChange={setSeverity} testId="severity" />
      <p className="small quiet">
        Reported as {incident.reportedSeverity} {SEVERITY_WORDS[incident.reportedSeverity]}; that stays on record.
      </p>
      <LongText label="Reason" value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};

/** A question to the reporter: the clock of the case stands still until it is answered. */
export const QuestionForm = ({ incident, acting, onCancel }: Props) => {
  const [question, setQuestion] = useDraft(`${incident.id}.question`);
  const send = () =>
    acting.run(async () => {
      const body = { to: 'needs_info', version: incident.version, question } as const;
      await call(routes.moveIncident, { params: { id: incident.id }, body });
      setQuestion('');
    });
  return (
    <CaseForm label="Ask the reporter" submit="Ask" isPending={acting.isPending} onSubmit={send} onCancel={onCancel}>
      <LongText label="Question" value={question} onChange={setQuestion} testId="question" />
    </CaseForm>
  );
};

/** Two reports of one thing: both are kept, one leads. */
export const MergeForm = ({ incident, acting, onCancel }: Props) => {
  const [into, setInto] = useState('');
  const [reason, setReason] = useDraft(`${incident.id}.merge`);
  const { data } = useQuery({
    queryKey: ['queue', 'of-station', incident.station.code],
    queryFn: ({ signal }) =>
      call(routes.listIncidents, { query: { station: incident.station.code, state: OPEN_STATES, limit: 100 } }, { signal }),
  });
  const others = (data?.items ?? []).filter(({ id }) => id !== incident.id);
  const send = () =>
    acting.run(async () => {
      const body = { to: 'merged', version: incident.version, reason, into, sameStory: true } as const;
      await call(routes.moveIncident, { params: { id: incident.id }, body });
      setReason('');
    });
  return (
    <CaseForm label="Merge into another" submit="Merge" isPending={acting.isPending} onSubmit={send} onCancel={onCancel}>
      {others.length === 0 && <p className="small">There is no other open case of this station.</p>}
      <Pick
        label="Into"
        value={into}
        options={others.map(({ id, number, codeLabel }) => [id, `no. ${number} ${codeLabel}`] as const)}
        onChange={setInto}
      />
      <LongText label="Reason" value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};

const OPEN_STATES = 'submitted,triaging,needs_info,in_review';

export const CloseForm = ({ incident, acting, onCancel }: Props) => {
  const [followUp, setFollowUp] = useState<(typeof FOLLOW_UPS)[number] | ''>('');
  const [reference, setReference] = useState('');
  const [reason, setReason] = useDraft(`${incident.id}.close`);
  const send = () => {
    if (followUp === '') return;
    acting.run(async () => {
      const named = reference.trim() === '' ? {} : { reference: reference.trim() };
      const body = { to: 'closed', version: incident.version, reason, followUp, ...named } as const;
      await call(routes.moveIncident, { params: { id: incident.id }, body });
      setReason('');
    });
  };
  return (
    <CaseForm label="Close" submit="Close the case" isPending={acting.isPending} onSubmit={send} onCancel={onCancel}>
      <Pick
        label="What follows"
        value={followUp}
        options={FOLLOW_UPS.map((each) => [each, FOLLOW_UP_WORDS[each]] as const)}
        onChange={setFollowUp}
      />
      <label className="form-field">
        <span>Number of the referral, if there is one</span>
        <input className="field" maxLength={200} value={reference} onChange={({ target }) => setReference(target.value)} />
      </label>
      <LongText label="Reason" value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};
