import { REPORT_LANGUAGES, routes, type ReportLanguage, type RequestEvidence } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useStepUp } from '../account/step-up';
import { call, messageOf } from '../api/call';
import { newKey } from '../flags/new-key';
import { dictionary, t } from '../words';
import { LANGUAGES } from '../words/languages';

interface Props {
  incidentId: string;
  onAsked: (jobId: string) => void;
  onCancel: () => void;
}

/** The languages that the server writes a report in. */
const reportLanguages = LANGUAGES.filter(({ tag }) => REPORT_LANGUAGES.some((language) => language === tag));

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
    if (ask.isPending) return;
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
        <p className="small quiet">{t('evidence:form.about')}</p>
        {ask.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(ask.error)}
          </p>
        )}
        <label className="form-row">
          <span>{t('terms:labels.reason')}</span>
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
          <span>{t('evidence:form.recipient')}</span>
          <input
            className="field"
            name="recipient"
            required
            minLength={3}
            maxLength={200}
            autoComplete="off"
            placeholder={t('evidence:form.recipientHint')}
            data-testid="evidence-recipient"
          />
        </label>
        <label className="form-row">
          <span>{t('evidence:form.language')}</span>
          <select className="field" name="language" defaultValue={dictionary.language}>
            {reportLanguages.map(({ tag, name }) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <div className="evidence-actions">
          <button type="button" className="button button-quiet" onClick={onCancel}>
            {t('terms:labels.cancel')}
          </button>
          <button
            type="submit"
            className="button button-primary"
            aria-disabled={ask.isPending || undefined}
            data-testid="evidence-submit"
          >
            {t(ask.isPending ? 'evidence:asking' : 'evidence:form.submit')}
          </button>
        </div>
      </form>
      {stepUp.dialog}
    </>
  );
};
