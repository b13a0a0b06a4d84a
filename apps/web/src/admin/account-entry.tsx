import { routes, type Account, type Grant } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { call, messageOf } from '../api/call';
import { useStepUp } from '../account/step-up';
import { textIn } from '../account/code-field';
import { t } from '../words';
import { GrantTable } from './grant-table';
import { GrantFields, useGrantOf } from './grant-fields';

type Asked = { what: 'end'; grant: Grant } | { what: 'give' | 'disable' | 'enable' | 'reset' };

/** One account: closed, a line; open, its rights and what an administrator may change. */
export const AccountEntry = ({ account, isOwn }: { account: Account; isOwn: boolean }) => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const valid = account.grants.filter((grant) => isValid(grant));
  return (
    <details className="panel account-new">
      <summary>
        {account.name} <span className="quiet account-mail">{account.email}</span>
        {account.disabledAt !== null && <span className="badge badge-here">{t('admin:disabled')}</span>}
      </summary>
      <div className="form">
        <p className="small quiet">
          {t(account.secondFactor ? 'admin:hasFactor' : 'admin:noFactor')}
          {account.disabledReason !== null && ` ${t('admin:disabledWhy', { reason: account.disabledReason })}`}
          {valid.length === 0 && ` ${t('admin:noRight')}`}
        </p>
        <GrantTable grants={account.grants} onEnd={isOwn ? undefined : (grant) => setAsked({ what: 'end', grant })} />
        {isOwn ? (
          <p className="small quiet">{t('admin:own')}</p>
        ) : (
          <div className="account-actions">
            <button type="button" className="button" onClick={() => setAsked({ what: 'give' })}>
              {t('admin:actions.give')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => setAsked({ what: account.disabledAt ? 'enable' : 'disable' })}
            >
              {t(account.disabledAt ? 'admin:actions.enable' : 'admin:buttons.disable')}
            </button>
            {account.secondFactor && (
              <button type="button" className="button" onClick={() => setAsked({ what: 'reset' })}>
                {t('admin:buttons.reset')}
              </button>
            )}
          </div>
        )}
        {asked && <Change key={keyOf(asked)} account={account} asked={asked} onDone={() => setAsked(null)} />}
      </div>
    </details>
  );
};

const keyOf = (asked: Asked): string => (asked.what === 'end' ? asked.grant.id : asked.what);

const isValid = ({ validTo }: Grant): boolean => validTo === null || Date.parse(validTo) > Date.now();

/** The first field has the focus while the form is there, and what had it before has it again afterwards. */
const useFocusWithin = (form: RefObject<HTMLFormElement | null>) =>
  useEffect(() => {
    const before = document.activeElement;
    form.current?.querySelector<HTMLElement>('select, input')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [form]);

const Change = ({ account, asked, onDone }: { account: Account; asked: Asked; onDone: () => void }) => {
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  useFocusWithin(form);
  const { run, dialog } = useStepUp();
  const grantOf = useGrantOf();
  const action = t(`admin:actions.${asked.what}`);
  const send = async (form: HTMLFormElement): Promise<unknown> => {
    const params = { id: account.id };
    const body = { reason: textIn(form, 'reason') };
    switch (asked.what) {
      case 'end':
        return call(routes.endGrant, { params: { ...params, grantId: asked.grant.id }, body });
      case 'give':
        return call(routes.giveGrant, { params, body: { ...(await grantOf(form)), ...body } });
      case 'disable':
        return call(routes.disableAccount, { params, body });
      case 'enable':
        return call(routes.enableAccount, { params, body });
      case 'reset':
        return call(routes.resetSecondFactor, { params, body });
    }
  };
  const change = useMutation({
    mutationFn: (form: HTMLFormElement) => run(() => send(form)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      onDone();
    },
  });
  return (
    <>
      <form
        ref={form}
        className="form-inner"
        aria-label={t('admin:formName', { action, name: account.name })}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(event.currentTarget);
        }}
      >
        <h2 className="account-sub">
          {asked.what === 'end' ? t('admin:endOf', { role: t(`terms:roles.${asked.grant.role}`) }) : action}
        </h2>
        {change.isError && (
          <p className="notice notice-error" role="alert">
            {messageOf(change.error)}
          </p>
        )}
        {asked.what === 'give' && <GrantFields />}
        <label className="form-row">
          <span>{t('admin:reason')}</span>
          <input className="field" name="reason" minLength={3} maxLength={500} required autoComplete="off" />
        </label>
        <div className="form-buttons">
          <button type="submit" className="button button-primary" disabled={change.isPending}>
            {action}
          </button>
          <button type="button" className="button" onClick={onDone}>
            {t('account:cancel')}
          </button>
        </div>
      </form>
      {dialog}
    </>
  );
};
