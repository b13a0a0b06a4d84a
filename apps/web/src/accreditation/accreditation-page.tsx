import { Link } from '@tanstack/react-router';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { CheckForm } from './check-form';
import { Figures } from './figures';
import '../styles/accreditation.css';

/** Where everybody who has to do with accreditation begins. */
export const AccreditationPage = () => (
  <div className="page accreditation">
    <PageHeading title={t('accreditation:title')}>{t('accreditation:title')}</PageHeading>
    <p>{t('accreditation:about')}</p>
    <div className="accreditation-ways">
      <section className="panel facts-panel" aria-labelledby="apply-heading">
        <h2 id="apply-heading">{t('accreditation:become')}</h2>
        <p className="buttons">
          <Link to="/accreditation/apply" className="button button-primary">
            {t('accreditation:apply')}
          </Link>
          <Link to="/accreditation/mine" className="button">
            {t('accreditation:mine')}
          </Link>
        </p>
      </section>
      <section className="panel facts-panel" aria-labelledby="check-heading">
        <h2 id="check-heading">{t('accreditation:checkBadge')}</h2>
        <CheckForm />
      </section>
    </div>
    <Figures />
  </div>
);
