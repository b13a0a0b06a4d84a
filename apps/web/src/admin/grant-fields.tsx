import { ROLES, type Role, type ScopeRef } from '@app/contracts';
import { textIn } from '../account/code-field';
import { ScopeFields, useScopeOf } from '../account/scope-fields';
import { t } from '../words';

const KINDS = ['station', 'region', 'election', 'all'] as const;

/** Role, place and end of a right. `useGrantOf` reads them. */
export const GrantFields = () => (
  <>
    <label className="form-row">
      <span>{t('admin:role')}</span>
      <select className="field" name="role" defaultValue="observer">
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {t(`terms:roles.${role}`)}
          </option>
        ))}
      </select>
    </label>
    <ScopeFields kinds={KINDS.map((kind) => [kind, t(`account:scope.${kind}`)] as const)} />
    <label className="form-row">
      <span>{t('admin:endsOn')}</span>
      <input className="field" type="datetime-local" name="validTo" />
    </label>
  </>
);

export interface GivenGrant {
  role: Role;
  scope: ScopeRef;
  validTo?: string;
}

/** Reads `GrantFields` of a form. Rejects when there is no station of the number. */
export const useGrantOf = (): ((form: HTMLFormElement) => Promise<GivenGrant>) => {
  const scopeOf = useScopeOf();
  return async (form) => {
    const validTo = textIn(form, 'validTo');
    const role = textIn(form, 'role') as Role;
    return { role, scope: await scopeOf(form), ...(validTo && { validTo: new Date(validTo).toISOString() }) };
  };
};
