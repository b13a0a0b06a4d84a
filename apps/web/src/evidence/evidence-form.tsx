import { routes, type ReportLanguage, type RequestEvidence } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useStepUp } from '../account/step-up';
import { call, messageOf } from '../api/call';
import { newKey } from '../flags/new-key';

interface Props {
  incidentId: string;
  onAsked: (jobId: string) => void;
  onCancel: () => void;
}

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value.trim() : '');

/** Why footage is taken along and who gets it: both are asked, and both go on record. */
export const EvidenceForm = ({ incidentId, onAsked, onCancel }: Props) => {
  // One key for this form: pressing twice, or again after the answer was lost, is one package.
  const [key] = useState(newKey);
  const stepUp = useStepUp();
  const ask = useMutation({
    mutationFn: (body: RequestEvidence) =>
      stepUp.run(() => call(routes.requestEvidence, { params: { id: incidentId }, body }, { idempotencyKey: key })),
    onSuccess: ({ jobId }) => onAsked(jobId),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    ask.mutate({
      reason: textOf(fields.get('reason')),
      recipient: textOf(fields.get('recipient')),
      language: textOf(fields.get('language')) as ReportLanguage,
    });
  };
  return (
    <>
      <form className="evidence-form" onSubmit={submit}>
        <p className="small quiet">
          All cameras of the station in the flagged range, as recorded, with hashes, working copies, stills, the case and a
          report. Your name, the reason and the recipient go on record and into the package.
        </p>
        {ask.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(ask.error)}
          </p>
        )}
        <label className="form-row">
          <span>Reason</span>
          <input
            className="field"
            name="reason"
            required
            minLength={3}
            maxLength={1000}
            autoComplete="off"
            data-testid="evidence-reason"
          />
        </label>
        <label className="form-row">
          <span>Recipient</span>
          <input
            className="field"
            name="recipient"
            required
            minLength={3}
            maxLength={200}
            autoComplete="off"
            placeholder="Court, commission or person"
            data-testid="evidence-recipient"
          />
        </label>
        <label className="form-row">
          <span>Language of the report</span>
          <select className="field" name="language" defaultValue="en">
            <option value="en">English</option>
            <option value="ru">Русский</option>
          </select>
        </label>
        <div className="evidence-actions">
          <button type="button" className="button button-quiet" onClick={onCancel}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={ask.isPending} data-testid="evidence-submit">
            {ask.isPending ? 'Asking…' : 'Make the package'}
          </button>
        </div>
      </form>
      {stepUp.dialog}
    </>
  );
};
