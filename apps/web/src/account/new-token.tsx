import type { Permission, ScopeRef } from '@app/contracts';
import { useRef } from 'react';
import { t } from '../words';
import { textIn } from './code-field';
import { ScopeFields, useScopeOf } from './scope-fields';

const DAY_MS = 86_400_000;
const LIVES = [1, 7, 30, 90, 365] as const;
const KINDS = ['all', 'election', 'region', 'station'] as const;

export interface WantedToken {
  name: string;
  permissions: Permission[];
  scope: ScopeRef;
  expiresAt: string;
}

interface Props {
  /** What the person may give away: what they may themselves. */
  permissions: readonly Permission[];
  disabled: boolean;
  /** `read` asks the server for the station that was typed, and rejects when there is none. */
  onWanted: (read: () => Promise<WantedToken>) => void;
}

/** What a token may do, where, and for how long. */
export const NewToken = ({ permissions, disabled, onWanted }: Props) => {
  const scopeOf = useScopeOf();
  const boxes = useRef<HTMLFieldSetElement>(null);
  /** Boxes know no "at least one of these": the first of them speaks for all. */
  const checkBoxes = () => {
    const [first, ...others] = boxes.current?.querySelectorAll('input') ?? [];
    const none = first && ![first, ...others].some(({ checked }) => checked);
    first?.setCustomValidity(none ? t('account:tokens.chooseOne') : '');
  };
  return (
    <details className="panel account-new">
      <summary>{t('account:tokens.new')}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          onWanted(async () => ({
            name: textIn(form, 'name'),
            permissions: new FormData(form).getAll('permission') as Permission[],
            scope: await scopeOf(form),
            expiresAt: new Date(Date.now() + Number(textIn(form, 'days')) * DAY_MS).toISOString(),
          }));
        }}
      >
        <label className="form-row">
          <span>{t('account:tokens.name')}</span>
          <input className="field" name="name" maxLength={120} required autoComplete="off" />
        </label>
        <fieldset className="choices" ref={boxes} onChange={checkBoxes}>
          <legend>{t('account:tokens.may')}</legend>
          {permissions.map((permission) => (
            <label key={permission}>
              <input type="checkbox" name="permission" value={permission} />
              <span>
                {t(`account:permissions.${permission}`)} <span className="small quiet mono">{permission}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <ScopeFields kinds={KINDS.map((kind) => [kind, t(`account:tokens.where.${kind}`)] as const)} />
        <label className="form-row">
          <span>{t('account:tokens.endsAfter')}</span>
          <select className="field" name="days" defaultValue="30">
            {LIVES.map((days) => (
              <option key={days} value={days}>
                {t(`account:tokens.lives.${days}`)}
              </option>
            ))}
          </select>
        </label>
        {/* Asked before the browser looks at the fields: nothing may have been touched. */}
        <button type="submit" className="button button-primary" disabled={disabled} onClick={checkBoxes}>
          {t('account:tokens.make')}
        </button>
      </form>
    </details>
  );
};
