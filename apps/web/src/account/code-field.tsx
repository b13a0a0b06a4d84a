import { useEffect, useRef } from 'react';
import { t } from '../words';

interface Props {
  label: string;
  /** Takes the focus when it appears, and again when what was typed was refused. */
  focusOn?: unknown;
}

/** Six digits of an authenticator app. Offered by the browser where it can, pasted with or without a gap. */
export const CodeField = ({ label, focusOn }: Props) => {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [focusOn]);
  return (
    <label className="form-row">
      <span>{label}</span>
      <input
        ref={field}
        className="field code-field"
        name="totp"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="\s*[0-9]{3}\s*[0-9]{3}\s*"
        title={t('account:sixDigits')}
        spellCheck={false}
        required
        data-testid="totp"
      />
    </label>
  );
};

/** The field's text of a form, without spaces. */
export const codeIn = (form: HTMLFormElement, name = 'totp'): string => textIn(form, name).replace(/\s/g, '');

export const textIn = (form: HTMLFormElement, name: string): string => {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
};
