import { Link } from '@tanstack/react-router';
import { PageHeading } from '../shell/page-heading';
import { CheckForm } from './check-form';
import { Figures } from './figures';
import '../styles/accreditation.css';

/** Where everybody who has to do with accreditation begins. */
export const AccreditationPage = () => (
  <div className="page accreditation">
    <PageHeading title="Accreditation of observers">Accreditation of observers</PageHeading>
    <p>
      Watching the cameras needs no account. Observers who report what they see, so that a commission decides on it, are
      accredited: they apply, the commission decides within days and says why, and everybody can check a badge.
    </p>
    <div className="accreditation-ways">
      <section className="panel facts-panel" aria-labelledby="apply-heading">
        <h2 id="apply-heading">Become an observer</h2>
        <p className="buttons">
          <Link to="/accreditation/apply" className="button button-primary">
            Apply
          </Link>
          <Link to="/accreditation/mine" className="button">
            My application
          </Link>
        </p>
      </section>
      <section className="panel facts-panel" aria-labelledby="check-heading">
        <h2 id="check-heading">Check a badge</h2>
        <CheckForm />
      </section>
    </div>
    <Figures />
  </div>
);
