import { Link } from '@tanstack/react-router';
import { t } from '../words';
import { useReports } from './use-reports';

/** In the head of every page: finished forms that the server does not have. Being mounted also keeps the sender going. */
const UnsentReports = ({ userId }: { userId: string }) => {
  const unsent = useReports(userId).filter(({ delivery }) => delivery.kind === 'waiting' || delivery.kind === 'refused').length;
  if (unsent === 0) return null;
  return (
    <Link to="/m/reports" className="unsent" role="status">
      {t('reports:unsent', { count: unsent })}
    </Link>
  );
};

export default UnsentReports;
