import { useState } from 'react';

/** Shown once. */
export const RecoveryCodeList = ({ codes }: { codes: readonly string[] }) => {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <div className="panel form">
      <p>
        <strong>Keep these recovery codes.</strong> Each signs you in once when the app is lost. They are not shown again.
      </p>
      <ul className="recovery-codes mono" data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="form-buttons">
        <button type="button" className="button" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
      </div>
      <p className="small quiet" role="status">
        {copied ? 'Copied.' : ''}
      </p>
    </div>
  );
};
