import type { Connection } from './use-incident-events';

const WORDS: Record<Connection, string> = {
  connecting: 'Connecting',
  live: 'New flags appear at once',
  lost: 'Not connected; new flags may be missing',
};

export const ConnectionLine = ({ connection }: { connection: Connection }) => (
  <p className={`connection connection-${connection} small`} role="status">
    <span className="connection-dot" aria-hidden="true" />
    {WORDS[connection]}
  </p>
);
