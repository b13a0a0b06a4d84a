import { useState } from 'react';
import { t } from '../words';

/** Puts a text on the clipboard and says whether it is there. */
export const CopyButton = ({ text }: { text: string }) => {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <>
      <button type="button" className="button" onClick={copy}>
        {t('account:copy.button')}
      </button>
      <span className="small quiet" role="status">
        {copied === 'yes' && t('account:copy.done')}
        {copied === 'failed' && t('account:copy.failed')}
      </span>
    </>
  );
};
