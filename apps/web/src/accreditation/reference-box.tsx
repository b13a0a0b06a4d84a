import { useState } from 'react';

/** The one time it is on a screen: whoever loses it loses the application. */
export const ReferenceBox = ({ reference }: { reference: string }) => {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    navigator.clipboard.writeText(reference).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <section className="panel facts-panel" aria-labelledby="reference-heading">
      <h2 id="reference-heading">Your reference</h2>
      <p className="reference mono" data-testid="own-reference">
        {reference}
      </p>
      <p>
        Write it down or print this page, and show it to nobody. You need it to see the decision, to answer questions and to sign
        in for the first time. It cannot be found again.
      </p>
      <p className="buttons">
        <button type="button" className="button" onClick={copy}>
          Copy
        </button>
        <button type="button" className="button" onClick={() => window.print()}>
          Print
        </button>
      </p>
      <p className="small quiet" role="status">
        {copied === 'yes' && 'Copied.'}
        {copied === 'failed' && 'It could not be copied; select it by hand.'}
      </p>
    </section>
  );
};
