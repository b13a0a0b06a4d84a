import { type IncidentDetail, FOLLOW_UPS, routes } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call';
import { useCodeLabel, useIncidentCodes } from '../api/incident-codes';
import { severityOptions, severityText } from '../flags/severity';
import { t } from '../words';
import { CaseForm, LongText, Pick } from './form-fields';
import type { CaseActing } from './use-case-action';
import { useDraft } from './use-draft';

interface Props {
  incident: IncidentDetail;
  acting: CaseActing;
  onCancel: () => void;
}

/** Gives a report its category and severity and sends it to the reviewers, or changes them later. */
export const ClassifyForm = ({ incident, acting, onCancel, isRoute }: Props & { isRoute: boolean }) => {
  const codes = useIncidentCodes();
  const [code, setCode] = useState(incident.code);
  const [severity, setSeverity] = useState(incident.severity);
  const [reason, setReason] = useDraft(`${incident.id}.${isRoute ? 'route' : 'classify'}`);
  const params = { id: incident.id };
  const { version } = incident;
  const send = () =>
    acting.run(async () => {
      const answer = isRoute
        ? await call(routes.moveIncident, { params, body: { to: 'in_review', version, reason, code, severity } })
        : await call(routes.classifyIncident, { params, body: { version, reason, code, severity } });
      setReason('');
      return answer;
    });
  return (
    <CaseForm
      label={t(isRoute ? 'terms:actions.route' : 'terms:actions.classify')}
      submit={t(isRoute ? 'terms:actions.route' : 'desk:classify.change')}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Pick
        label={t('terms:labels.category')}
        value={code}
        options={codes.map((each) => [each.code, `${each.code} ${each.label}`] as const)}
        onChange={setCode}
        testId="code"
      />
      <Pick
        label={t('terms:labels.severity')}
        value={severity}
        options={severityOptions()}
        onChange={setSeverity}
        testId="severity"
      />
      <p className="small quiet">{t('desk:classify.reportedAs', { severity: severityText(incident.reportedSeverity) })}</p>
      <LongText label={t('terms:labels.reason')} value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};

/** A question to the reporter: the clock of the case stands still until it is answered. */
export const QuestionForm = ({ incident, acting, onCancel }: Props) => {
  const [question, setQuestion] = useDraft(`${incident.id}.question`);
  const send = () =>
    acting.run(async () => {
      const body = { to: 'needs_info', version: incident.version, question } as const;
      const answer = await call(routes.moveIncident, { params: { id: incident.id }, body });
      setQuestion('');
      return answer;
    });
  return (
    <CaseForm
      label={t('terms:actions.ask')}
      submit={t('desk:ask.submit')}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      <LongText label={t('desk:ask.question')} value={question} onChange={setQuestion} testId="question" />
    </CaseForm>
  );
};

/** Two reports of one thing: both are kept, one leads. */
export const MergeForm = ({ incident, acting, onCancel }: Props) => {
  const [into, setInto] = useState('');
  const labelOf = useCodeLabel();
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
      const answer = await call(routes.moveIncident, { params: { id: incident.id }, body });
      setReason('');
      return answer;
    });
  return (
    <CaseForm
      label={t('terms:actions.merge')}
      submit={t('desk:merge.submit')}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      {others.length === 0 && <p className="small">{t('desk:merge.none')}</p>}
      <Pick
        label={t('desk:merge.into')}
        value={into}
        options={others.map(
          (other) => [other.id, t('desk:merge.option', { number: other.number, label: labelOf(other).text })] as const,
        )}
        onChange={setInto}
      />
      <LongText label={t('terms:labels.reason')} value={reason} onChange={setReason} testId="reason" />
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
      const answer = await call(routes.moveIncident, { params: { id: incident.id }, body });
      setReason('');
      return answer;
    });
  };
  return (
    <CaseForm
      label={t('terms:actions.close')}
      submit={t('desk:close.submit')}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Pick
        label={t('desk:close.followUp')}
        value={followUp}
        options={FOLLOW_UPS.map((each) => [each, t(`desk:followUps.${each}`)] as const)}
        onChange={setFollowUp}
      />
      <label className="form-field">
        <span>{t('desk:close.reference')}</span>
        <input className="field" maxLength={200} value={reference} onChange={({ target }) => setReference(target.value)} />
      </label>
      <LongText label={t('terms:labels.reason')} value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};
