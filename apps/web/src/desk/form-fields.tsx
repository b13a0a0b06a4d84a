import { useId, type ReactNode } from 'react';
import { t } from '../words';

interface TextProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  hint?: string;
  testId?: string;
}

/** A reason, a question, an answer: what others will read. Ctrl+Enter sends it. */
export const LongText = ({ label, value, onChange, hint, testId }: TextProps) => {
  const id = useId();
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="small quiet" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        className="field"
        rows={4}
        maxLength={4000}
        required
        minLength={3}
        dir="auto"
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={({ key, ctrlKey, metaKey, currentTarget }) => {
          if (key === 'Enter' && (ctrlKey || metaKey)) currentTarget.form?.requestSubmit();
        }}
        data-testid={testId}
      />
    </div>
  );
};

interface PickProps<T extends string> {
  label: string;
  value: T | '';
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  testId?: string;
}

export const Pick = <T extends string>({ label, value, options, onChange, testId }: PickProps<T>) => (
  <label className="form-field">
    <span>{label}</span>
    <select className="field" required value={value} onChange={({ target }) => onChange(target.value as T)} data-testid={testId}>
      {value === '' && <option value="">{t('desk:form.choose')}</option>}
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

interface RadiosProps<T extends string> {
  legend: string;
  name: string;
  value: T | '';
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

export const Radios = <T extends string>({ legend, name, value, options, onChange }: RadiosProps<T>) => (
  <fieldset className="form-field radios">
    <legend>{legend}</legend>
    {options.map(([option, words]) => (
      <label key={option} className="radio">
        <input
          type="radio"
          name={name}
          value={option}
          required
          checked={value === option}
          onChange={() => onChange(option)}
          data-testid={`${name}-${option}`}
        />
        <span>{words}</span>
      </label>
    ))}
  </fieldset>
);

interface FormProps {
  label: string;
  submit: string;
  isPending: boolean;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** One form of the case. What was typed stays when it is put away. */
export const CaseForm = ({ label, submit, isPending, onSubmit, onCancel, children }: FormProps) => (
  <form
    className="case-form"
    aria-label={label}
    onSubmit={(event) => {
      event.preventDefault();
      if (!isPending) onSubmit();
    }}
  >
    {children}
    <div className="form-buttons">
      <button type="submit" className="button button-primary" aria-disabled={isPending || undefined} data-testid="case-submit">
        {submit}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        {t('terms:labels.cancel')}
      </button>
    </div>
  </form>
);
