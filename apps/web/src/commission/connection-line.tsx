import { t } from '../words';
import type { Connection } from './use-incident-events';

export const ConnectionLine = ({ connection }: { connection: Connection }) => (
  <p className={`connection connection-${connection} small`} role="status">
    <span className="connection-dot" aria-hidden="true" />
    {t(`terms:connection.${connection}`)}
  </p>
);
