import type { Ready } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { healthQuery } from '../api/queries';
import { StateBadge } from '../station/state-badge';
import { t } from '../words';
import { healthLines } from './health-words';

/** What the server says of itself: the disk of the recording first, because it is what runs out. */
export const ServerHealth = () => {
  const { data, isError } = useQuery(healthQuery);
  if (isError && !data)
    return (
      <p className="notice notice-error" role="alert">
        {t('operators:silent')}
      </p>
    );
  if (!data) return null;
  return <Lines ready={data} />;
};

const Lines = ({ ready }: { ready: Ready }) => (
  <section className="panel health" aria-label={t('operators:server')} data-testid="server-health">
    <ul>
      {healthLines(ready).map(({ name, tone, word, detail }) => (
        <li key={name}>
          <span className="health-name">{name}</span>
          <StateBadge badge={{ tone, label: word, reason: null }} />
          {detail !== null && (
            <span className="small" lang="en">
              {detail}
            </span>
          )}
        </li>
      ))}
    </ul>
  </section>
);
