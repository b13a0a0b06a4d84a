import { type IncidentDetail, OUTCOMES, REASON_CODES, type Outcome, type ReasonCode, routes } from '@app/contracts';
import { useState } from 'react';
import { call } from '../api/call';
import { clockIn } from '../time/format';
import { ACTION_WORDS, OUTCOME_WORDS, REASON_WORDS } from './case-words';
import { CaseForm, LongText, Pick, Radios } from './form-fields';
import type { Stretch } from './played';
import type { CaseActing } from './use-case-action';
import { useDraft } from './use-draft';

interface Props {
  incident: IncidentDetail;
  action: 'find' | 'second' | 'vote' | 'out-of-scope';
  marked: Stretch;
  acting: CaseActing;
  onCancel: () => void;
}

/** What somebody finds, and why: the reasons go to the reporter and, as the case allows, to the public. */
export const FindingForm = ({ incident, action, marked, acting, onCancel }: Props) => {
  const isScope = action === 'out-of-scope';
  const [outcome, setOutcome] = useState<Outcome | ''>(isScope ? 'out_of_scope' : '');
  const [reasonCode, setReasonCode] = useState<ReasonCode | ''>('');
  const [reason, setReason] = useDraft(`${incident.id}.${action}`);
  const codes: readonly ReasonCode[] = outcome === '' ? [] : REASON_CODES[outcome];
  const { timezone } = incident.station;
  const send = () => {
    if (outcome === '' || reasonCode === '') return;
    const range = { from: new Date(marked.from).toISOString(), to: new Date(marked.to).toISOString() };
    acting.run(async () => {
      await call(routes.moveIncident, {
        params: { id: incident.id },
        body: {
          to: 'decided',
          version: incident.version,
          outcome,
          reasonCode,
          reason,
          range,
          evidence: [{ cameraId: incident.camera.id, ...range }],
        },
      });
      setReason('');
    });
  };
  return (
    <CaseForm label={ACTION_WORDS[action]} submit="Submit" isPending={acting.isPending} onSubmit={send} onCancel={onCancel}>
      {!isScope && (
        <Radios
          legend="What did you find?"
          name="outcome"
          value={outcome}
          options={OUTCOMES.map((option) => [option, OUTCOME_WORDS[option]] as const)}
          onChange={(next) => {
            setOutcome(next);
            setReasonCode('');
          }}
        />
      )}
      <Pick
        label="Ground"
        value={reasonCode}
        options={codes.map((code) => [code, REASON_WORDS[code]] as const)}
        onChange={setReasonCode}
        testId="reason-code"
      />
      <LongText
        label="Reasons"
        hint="In sentences. The person who reported it reads them; they may be published."
        value={reason}
        onChange={setReason}
        testId="reason"
      />
      {!isScope && (
        <p className="small">
          It rests on {incident.camera.name}, {clockIn(marked.from, timezone)} to {clockIn(marked.to, timezone)}. Mark another
          range under the picture if it begins or ends elsewhere.
        </p>
      )}
    </CaseForm>
  );
};
