import type { Session } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { may } from '../api/queries';
import { t } from '../words';

/** Where those can go who have something to do here. */
const StaffLinks = ({ session }: { session: Session }) => (
  <>
    {may(session, 'incident.flag') && (
      <>
        <Link to="/m/wall" className="nav-link" activeOptions={{ includeSearch: false }}>
          {t('shell:wall')}
        </Link>
        <Link to="/m/flags" className="nav-link">
          {t('shell:myFlags')}
        </Link>
      </>
    )}
    {may(session, 'report.fill') && (
      <Link to="/m/reports" className="nav-link">
        {t('shell:myReports')}
      </Link>
    )}
    {may(session, 'report.read') && (
      <Link to="/c/reports" className="nav-link">
        {t('shell:reports')}
      </Link>
    )}
    {may(session, 'incident.read-all') && (
      <>
        <Link to="/c/flags" className="nav-link">
          {t('shell:flags')}
        </Link>
        <Link to="/c/queue" className="nav-link">
          {t('shell:queue')}
        </Link>
        <Link to="/c/decisions" className="nav-link" activeOptions={{ includeSearch: false }}>
          {t('shell:decisions')}
        </Link>
      </>
    )}
    {may(session, 'audit.read') && (
      <Link to="/c/audit" className="nav-link" activeOptions={{ includeSearch: false }}>
        {t('shell:audit')}
      </Link>
    )}
    {may(session, 'accreditation.decide') && (
      <Link to="/c/accreditations" className="nav-link">
        {t('shell:accreditation')}
      </Link>
    )}
    {(may(session, 'camera.manage') || may(session, 'camera.read-faults')) && (
      <Link to="/o/cameras" className="nav-link">
        {t('shell:cameras')}
      </Link>
    )}
    {may(session, 'account.manage') && (
      <Link to="/a/accounts" className="nav-link">
        {t('shell:accounts')}
      </Link>
    )}
  </>
);

export default StaffLinks;
