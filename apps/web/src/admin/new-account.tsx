import { routes } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call, messageOf } from '../api/call';
import { textIn } from '../account/code-field';
import { useStepUp } from '../account/step-up';
import { t } from '../words';
import { GrantFields, useGrantOf } from './grant-fields';

/** An account with its first right. The password is made by the server and shown once, to be handed over. */
export const NewAccount = () => {
  const client = useQueryClient();
  const { run, dialog } = useStepUp();
  const grantOf = useGrantOf();
  const create = useMutation({
    mutationFn: async (form: HTMLFormElement) => {
      const body = {
        email: textIn(form, 'email').trim(),
        name: textIn(form, 'name').trim(),
        reason: textIn(form, 'reason'),
        grant: await grantOf(form),
      };
      return run(() => call(routes.createAccount, { body }));
    },
    onSuccess: async (_made, form) => {
      form.reset();
      await client.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  return (
    <>
      {create.data && (
        <div className="notice notice-empty" role="status">
          <p className="notice-title">{t('admin:made', { name: create.data.account.name })}</p>
          <p>
            {create.data.account.email} <span className="secret mono">{create.data.password}</span>
          </p>
        </div>
      )}
      <details className="panel account-new">
        <summary data-testid="new-account">{t('admin:new')}</summary>
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate(event.currentTarget);
          }}
        >
          {create.isError && (
            <p className="notice notice-error" role="alert">
              {messageOf(create.error)}
            </p>
          )}
          <label className="form-row">
            <span>{t('admin:email')}</span>
            <input className="field" type="email" name="email" maxLength={254} required autoComplete="off" />
          </label>
          <label className="form-row">
            <span>{t('admin:name')}</span>
            <input className="field" name="name" maxLength={120} required autoComplete="off" />
          </label>
          <GrantFields />
          <label className="form-row">
            <span>{t('admin:reason')}</span>
            <input className="field" name="reason" minLength={3} maxLength={500} required autoComplete="off" />
          </label>
          <button type="submit" className="button button-primary" disabled={create.isPending}>
            {t('admin:make')}
          </button>
        </form>
      </details>
      {dialog}
    </>
  );
};
