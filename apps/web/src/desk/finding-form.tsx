import { type IncidentDetail, OUTCOMES, REASON_CODES, type Outcome, type ReasonCode, routes } from '@app/contracts';
import { useState } from 'react';
import { call } from '../api/call';
import { clockIn } from '../time/format';
import { t } from '../words';
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
      const answer = await call(routes.moveIncident, {
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
      return answer;
    });
  };
  return (
    <CaseForm
      label={t(`terms:actions.${action}`)}
      submit={t('desk:finding.submit')}
      isPending={acting.isPending}
      onSubmit={send}
      onCancel={onCancel}
    >
      {!isScope && (
        <Radios
          legend={t('desk:finding.what')}
          name="outcome"
          value={outcome}
          options={OUTCOMES.map((option) => [option, t(`terms:outcomes.${option}`)] as const)}
          onChange={(next) => {
            setOutcome(next);
            setReasonCode('');
          }}
        />
      )}
      <Pick
        label={t('desk:finding.ground')}
        value={reasonCode}
        options={codes.map((code) => [code, t(`terms:reasons.${code}`)] as const)}
        onChange={setReasonCode}
        testId="reason-code"
      />
      <LongText
        label={t('desk:finding.reasons')}
        hint={t('desk:finding.hint')}
        value={reason}
        onChange={setReason}
        testId="reason"
      />
      {!isScope && (
        <p className="small">
          {t('desk:finding.restsOn', {
            camera: incident.camera.name,
            from: clockIn(marked.from, timezone),
            to: clockIn(marked.to, timezone),
          })}
        </p>
      )}
    </CaseForm>
  );
};
