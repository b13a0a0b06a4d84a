import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { t } from '../words';

const EXAMPLE = '7K4M-2QXR-C';

/** A number from a badge, to be checked. */
export const CheckForm = () => {
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('number');
    if (typeof typed === 'string' && typed.trim() !== '')
      void navigate({ to: '/verify/$number', params: { number: typed.trim() } });
  };
  return (
    <form className="check-form" onSubmit={submit}>
      <label className="form-row">
        <span>{t('accreditation:numberOnBadge')}</span>
        <input
          className="field mono"
          name="number"
          required
          maxLength={60}
          placeholder={EXAMPLE}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          data-testid="number"
        />
      </label>
      <button type="submit" className="button button-primary">
        {t('accreditation:check')}
      </button>
    </form>
  );
};
