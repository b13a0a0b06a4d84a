import { CopyButton } from '../account/copy-button';
import { t } from '../words';

/** The one time it is on a screen: whoever loses it loses the application. */
export const ReferenceBox = ({ reference }: { reference: string }) => (
  <section className="panel facts-panel" aria-labelledby="reference-heading">
    <h2 id="reference-heading">{t('accreditation:reference.title')}</h2>
    <p className="reference mono" data-testid="own-reference">
      {reference}
    </p>
    <p>{t('accreditation:reference.about')}</p>
    <p className="buttons">
      <CopyButton text={reference} />
      <button type="button" className="button" onClick={() => window.print()}>
        {t('accreditation:print')}
      </button>
    </p>
  </section>
);
