import type { ReactNode } from 'react';
import { t } from '../words';

interface Props {
  /** The name that the server knows the field by. */
  name: string;
  label: string;
  hint?: string;
  problem: string | undefined;
  required?: boolean;
  children: (attributes: FieldAttributes) => ReactNode;
}

export interface FieldAttributes {
  id: string;
  name: string;
  className: string;
  required: boolean;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** A field with its label above, and what is wrong with it below, where a screen reader finds it. */
export const FormField = ({ name, label, hint, problem, required = false, children }: Props) => {
  const id = `field-${name}`;
  const describedBy = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="form-row">
      <label htmlFor={id}>
        {label}
        {!required && <span className="quiet"> {t('accreditation:optional')}</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="small quiet">
          {hint}
        </p>
      )}
      {children({
        id,
        name,
        className: 'field',
        required,
        'aria-invalid': problem !== undefined,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
      })}
      <Problem id={`${id}-problem`} text={problem} />
    </div>
  );
};

export const Problem = ({ id, text }: { id: string; text: string | undefined }) =>
  text === undefined ? null : (
    <p id={id} className="field-problem small">
      {text}
    </p>
  );

/** Moves the focus to the first field that is wrong, in the order of the form. */
export const focusFirstProblem = (form: HTMLFormElement, problems: ReadonlyMap<string, string>): void => {
  const named = [...form.elements].find((element) => problems.has(element.getAttribute('name') ?? ''));
  if (named instanceof HTMLElement) named.focus();
};
