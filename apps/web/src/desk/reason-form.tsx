import { routes, type CaseAction, type Escalation, type IncidentDetail, type Publication, type Quarantine } from '@app/contracts';
import { useState } from 'react';
import { call } from '../api/call';
import { ACTION_WORDS } from './case-words';
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

const requests = (incident: IncidentDetail, reason: string): Record<ReasonAction, () => Promise<unknown>> => {
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
      await requests(incident, reason)[action]();
      setReason('');
    });
  return (
    <CaseForm
      label={ACTION_WORDS[action]}
      submit={ACTION_WORDS[action]}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      {action === 'lift-quarantine' && (
        <p className="small">It takes two people: the first asks, and another one, who did not set it, lifts it.</p>
      )}
      <LongText label="Reason" value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};

const QUARANTINE_WORDS: Readonly<Record<Quarantine, string>> = {
  none: 'Nothing',
  content: 'What is seen (a ballot, a list, a face)',
  source: 'Who reported it',
  all: 'All of it',
};
const ESCALATION_WORDS: Readonly<Record<Escalation, string>> = {
  none: 'Not escalated',
  safety: 'Somebody’s safety',
  legal: 'A legal question',
};
const PUBLICATION_WORDS: Readonly<Record<Publication, string>> = {
  none: 'Nothing',
  coarse: 'Category, outcome and region',
  full: 'Everything but the names',
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
  const words: Readonly<Record<string, string>> = {
    quarantine: QUARANTINE_WORDS,
    escalate: ESCALATION_WORDS,
    publish: PUBLICATION_WORDS,
  }[action];
  const options = Object.entries(words).filter(([option]) => action !== 'quarantine' || option !== 'none');
  const send = () =>
    acting.run(async () => {
      const body = { version: incident.version, reason, [field]: value };
      await call(routes.flagCase, { params: { id: incident.id }, body });
      setReason('');
    });
  return (
    <CaseForm
      label={ACTION_WORDS[action]}
      submit={ACTION_WORDS[action]}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      <Pick label={ACTION_WORDS[action]} value={value} options={options} onChange={setValue} />
      <LongText label="Reason" value={reason} onChange={setReason} testId="reason" />
    </CaseForm>
  );
};
