import { Outlet, useMatch, useNavigate, useSearch } from '@tanstack/react-router';
import type { Severity } from '@app/contracts';
import { StaffOnly } from '../account/staff-only';
import { severityOptions } from '../flags/severity';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { ConnectionLine } from './connection-line';
import { FlagList } from './flag-list';
import { useIncidentEvents } from './use-incident-events';
import '../styles/flags.css';

const READ_ALL = ['incident.read-all'] as const;

/** What observers flag, as it comes in. */
export const FlagsPage = () => (
  <StaffOnly anyOf={READ_ALL} title={t('shell:flags')}>
    {() => <Flags />}
  </StaffOnly>
);

const Flags = () => {
  const connection = useIncidentEvents();
  const open = useMatch({ from: '/c/flags/$id', shouldThrow: false }) !== undefined;
  const filter = useSearch({ from: '/c/flags' });
  return (
    <div className={open ? 'page flags flags-open' : 'page flags'}>
      <section className="flags-list" aria-label={t('commission:list.name')}>
        <div className="flags-head">
          {open ? (
            <h2 className="flags-title">{t('shell:flags')}</h2>
          ) : (
            <PageHeading title={t('shell:flags')} className="flags-title">
              {t('shell:flags')}
            </PageHeading>
          )}
          <ConnectionLine connection={connection} />
        </div>
        <Filters />
        <FlagList filter={filter} base="/c/flags" empty={t('commission:list.none')} />
      </section>
      <Outlet />
    </div>
  );
};

const Filters = () => {
  const navigate = useNavigate({ from: '/c/flags' });
  const { station, severity } = useSearch({ from: '/c/flags' });
  const change = (next: { station?: string | undefined; severity?: Severity | undefined }) => {
    const merged = { station, severity, ...next };
    void navigate({
      to: '.',
      search: {
        ...(merged.station ? { station: merged.station } : {}),
        ...(merged.severity ? { severity: merged.severity } : {}),
      },
      replace: true,
      resetScroll: false,
    });
  };
  return (
    <form
      className="filters"
      aria-label={t('terms:labels.filter')}
      onSubmit={(event) => {
        event.preventDefault();
        const code = new FormData(event.currentTarget).get('station');
        change({ station: typeof code === 'string' ? code.trim() : undefined });
      }}
    >
      <label className="filter">
        <span className="small quiet">{t('terms:labels.station')}</span>
        <input
          key={station ?? ''}
          className="field"
          name="station"
          defaultValue={station ?? ''}
          placeholder={t('commission:list.stationHint')}
          onBlur={({ target }) => target.value.trim() !== (station ?? '') && change({ station: target.value.trim() })}
        />
      </label>
      <label className="filter">
        <span className="small quiet">{t('terms:labels.severity')}</span>
        <select
          className="field"
          value={severity ?? ''}
          onChange={({ target }) => change({ severity: target.value === '' ? undefined : (target.value as Severity) })}
        >
          <option value="">{t('terms:labels.all')}</option>
          {severityOptions().map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
};
