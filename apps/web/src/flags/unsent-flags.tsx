import { Link } from '@tanstack/react-router';
import { t } from '../words';
import { isUnsent } from './outbox';
import { useFlags } from './use-sender';

/** In the head of every page: how many flags the server does not have whole. Being mounted also keeps the sender going. */
const UnsentFlags = ({ userId }: { userId: string }) => {
  const unsent = useFlags(userId).filter(isUnsent).length;
  if (unsent === 0) return null;
  return (
    <Link to="/m/flags" className="unsent" role="status">
      {t('flags:unsent', { count: unsent })}
    </Link>
  );
};

export default UnsentFlags;
