import { t } from '../words';
import { Rich } from '../words/rich';
import { CopyButton } from './copy-button';

/** Shown once. */
export const RecoveryCodeList = ({ codes }: { codes: readonly string[] }) => (
  <div className="panel form">
    <p>
      <Rich text="account:recovery.keep" components={{ strong: <strong /> }} />
    </p>
    <ul className="recovery-codes mono" data-testid="recovery-codes">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
    <div className="form-buttons">
      <CopyButton text={codes.join('\n')} />
      <button type="button" className="button" onClick={() => window.print()}>
        {t('account:recovery.print')}
      </button>
    </div>
  </div>
);
