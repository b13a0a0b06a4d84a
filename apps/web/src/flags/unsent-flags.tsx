import { Link } from '@tanstack/react-router';
import { isUnsent } from './outbox';
import { useFlags } from './use-sender';

/** In the head of every page: how many flags the server does not have whole. Being mounted also keeps the sender going. */
const UnsentFlags = ({ userId }: { userId: string }) => {
  const unsent = useFlags(userId).filter(isUnsent).length;
  if (unsent === 0) return null;
  return (
    <Link to="/m/flags" className="unsent" role="status">
      {unsent === 1 ? '1 flag not sent' : `${unsent} flags not sent`}
    </Link>
  );
};

export default UnsentFlags;
