import { useMutation } from '@tanstack/react-query';
import { useId, type FormEvent } from 'react';
import { useStepUp } from '../account/step-up';
import { messageOf } from '../api/call';
import { useModal } from '../shell/use-modal';
import { t } from '../words';
import '../styles/evidence.css';

export interface ExportFormat {
  /** `CSV`, `JSON`: the same in every language. */
  label: string;
  fileName: string;
  fetch: (reason: string) => Promise<Blob>;
}

/** A button that asks why a log is taken along, then for the second factor where that was long ago, then saves the file. */
export const ExportDialog = ({ title, formats }: { title: string; formats: readonly ExportFormat[] }) => {
  const { dialog, isOpen, open, close } = useModal();
  const heading = useId();
  return (
    <>
      <button type="button" className="button" onClick={open} data-testid="export-open">
        {t('audit:export.open')}
      </button>
      <dialog ref={dialog} className="evidence-dialog panel" aria-labelledby={heading} onClose={close}>
        {isOpen && (
          <>
            <h2 id={heading}>{title}</h2>
            <ExportForm formats={formats} onDone={close} />
          </>
        )}
      </dialog>
    </>
  );
};

const ExportForm = ({ formats, onDone }: { formats: readonly ExportFormat[]; onDone: () => void }) => {
  const stepUp = useStepUp();
  const taking = useMutation({
    mutationFn: async ({ reason, format }: { reason: string; format: ExportFormat }) => {
      save(await stepUp.run(() => format.fetch(reason)), format.fileName);
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [reason, name] = [fields.get('reason'), fields.get('format')];
    const format = formats.find(({ fileName }) => fileName === name) ?? formats[0];
    if (typeof reason === 'string' && format) taking.mutate({ reason: reason.trim(), format });
  };
  return (
    <>
      <form className="evidence-form" onSubmit={submit}>
        <p className="small quiet">{t('audit:export.words')}</p>
        {taking.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(taking.error)}
          </p>
        )}
        <label className="form-row">
          <span>{t('audit:reason')}</span>
          <input
            className="field"
            name="reason"
            required
            minLength={3}
            maxLength={500}
            autoComplete="off"
            data-testid="export-reason"
          />
        </label>
        {formats.length > 1 && (
          <fieldset className="export-formats">
            <legend>{t('audit:export.format')}</legend>
            {formats.map(({ label, fileName }, index) => (
              <label key={fileName} className="choice">
                <input type="radio" name="format" value={fileName} defaultChecked={index === 0} />
                {label}
              </label>
            ))}
          </fieldset>
        )}
        <div className="evidence-actions">
          <button type="button" className="button button-quiet" onClick={onDone}>
            {t('audit:cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={taking.isPending} data-testid="export-submit">
            {taking.isPending ? t('audit:export.pending') : t('audit:export.save')}
          </button>
        </div>
      </form>
      {stepUp.dialog}
    </>
  );
};

const save = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
