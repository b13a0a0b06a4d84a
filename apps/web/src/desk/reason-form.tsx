import { routes, type CaseAction, type Incident, type IncidentDetail } from '@app/contracts';
import { useState } from 'react';
import { call } from '../api/call';
import { t } from '../words';
import { CaseForm, LongText, Pick } from './form-fields';
import type { CaseActing } from './use-case-action';
import { useDraft } from './use-draft';

interface Props {
  incident: IncidentDetail;
  acting: CaseActing;
  onCancel: () => void;
}

/** Actions that ask for a reason and nothing else. */
export type ReasonAction = Extract<
  CaseAction,
  'withdraw' | 'adopt' | 'unmerge' | 'reopen' | 'ask-reopen' | 'break' | 'lift-quarantine'
>;

const requests = (incident: IncidentDetail, reason: string): Record<ReasonAction, () => Promise<Incident>> => {
  const params = { id: incident.id };
  const { version } = incident;
  const moveTo = (to: 'withdrawn' | 'triaging' | 'in_review') => () =>
    call(routes.moveIncident, { params, body: { to, version, reason } });
  return {
    withdraw: moveTo('withdrawn'),
    adopt: moveTo('triaging'),
    unmerge: moveTo('triaging'),
    reopen: moveTo('in_review'),
    'ask-reopen': () => call(routes.askReopen, { params, body: { version, reason } }),
    break: () => call(routes.breakClaim, { params, body: { reason } }),
    'lift-quarantine': () => call(routes.flagCase, { params, body: { version, reason, quarantine: 'none' } }),
  };
};

export const ReasonForm = ({ incident, acting, onCancel, action }: Props & { action: ReasonAction }) => {
  const [reason, setReason] = useDraft(`${incident.id}.${action}`);
  const send = () =>
    acting.run(async () => {
      const answer = await requests(incident, reason)[action]();
      setReason('');
      return answer;
    });
  return (
    <CaseForm
      label={t(`terms:actions.${action}`)}
      submit={t(`terms:actions.${action}`)}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      {action === 'lift-quarantine' && <p className="small">{t('desk:flagging.liftNeedsTwo')}</p>}
      <LongText label={t('terms:labels.reason')} value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};

/** What can be chosen. A quarantine is not ended here: that takes two people. */
const OPTIONS = {
  quarantine: () => (['content', 'source', 'all'] as const).map((option) => [option, t(`desk:quarantine.${option}`)] as const),
  escalate: () => (['none', 'safety', 'legal'] as const).map((option) => [option, t(`desk:escalation.${option}`)] as const),
  publish: () => (['none', 'coarse', 'full'] as const).map((option) => [option, t(`desk:publication.${option}`)] as const),
};

/** Flags stand beside the state: what is kept from the public, what is urgent, what is published. */
export const CaseFlagForm = ({
  incident,
  acting,
  onCancel,
  action,
}: Props & { action: 'quarantine' | 'escalate' | 'publish' }) => {
  const [value, setValue] = useState<string>('');
  const [reason, setReason] = useDraft(`${incident.id}.${action}`);
  const field = { quarantine: 'quarantine', escalate: 'escalated', publish: 'publication' }[action];
  const options = OPTIONS[action]();
  const send = () =>
    acting.run(async () => {
      const body = { version: incident.version, reason, [field]: value };
      const answer = await call(routes.flagCase, { params: { id: incident.id }, body });
      setReason('');
      return answer;
    });
  return (
    <CaseForm
      label={t(`terms:actions.${action}`)}
      submit={t(`terms:actions.${action}`)}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Pick label={t(`terms:actions.${action}`)} value={value} options={options} onChange={setValue} />
      <LongText label={t('terms:labels.reason')} value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};
