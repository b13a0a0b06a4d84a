import type { Severity } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useIncidentCodes } from '../api/incident-codes';
import { regionsQuery } from '../api/queries';
import { severityOptions } from '../flags/severity';
import { t } from '../words';
import type { CaseFilter } from './queries';

/** Narrows the queue; all of it stands in the address, so that a view can be sent to a colleague. */
export const QueueFilters = () => {
  const navigate = useNavigate({ from: '/c/queue' });
  const search = useSearch({ from: '/c/queue' });
  const { data: regions = [] } = useQuery(regionsQuery);
  const codes = useIncidentCodes();
  const change = (next: Partial<CaseFilter>) => {
    const merged = Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(merged), replace: true, resetScroll: false });
  };
  return (
    <form
      className="filters"
      aria-label={t('terms:labels.filter')}
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        change({ q: textOf(fields, 'q'), station: textOf(fields, 'station') });
      }}
    >
      <label className="filter">
        <span className="small quiet">{t('desk:filters.words')}</span>
        <input className="field" name="q" key={`q ${search.q ?? ''}`} defaultValue={search.q ?? ''} />
      </label>
      <label className="filter">
        <span className="small quiet">{t('terms:labels.station')}</span>
        <input className="field" name="station" key={`s ${search.station ?? ''}`} defaultValue={search.station ?? ''} />
      </label>
      <Choice
        label={t('desk:filters.region')}
        value={search.region}
        options={regions.map(({ id, name }) => [id, name])}
        onChange={(region) => change({ region })}
      />
      <Choice
        label={t('terms:labels.category')}
        value={search.code}
        options={codes.map(({ code, label }) => [code, `${code} ${label}`])}
        onChange={(code) => change({ code })}
      />
      <Choice
        label={t('terms:labels.severity')}
        value={search.severity}
        options={severityOptions()}
        onChange={(severity) => change({ severity: severity as Severity | undefined })}
      />
      <Choice
        label={t('desk:filters.held')}
        value={search.claimed}
        options={(['none', 'me', 'any'] as const).map((who) => [who, t(`desk:filters.claimed.${who}`)])}
        onChange={(claimed) => change({ claimed: claimed as CaseFilter['claimed'] })}
      />
      <Choice
        label={t('desk:filters.clock')}
        value={search.due}
        options={(['overdue', 'hour'] as const).map((when) => [when, t(`desk:filters.due.${when}`)])}
        onChange={(due) => change({ due: due as CaseFilter['due'] })}
      />
      <button type="submit" className="button">
        {t('desk:filters.search')}
      </button>
    </form>
  );
};

const textOf = (fields: FormData, name: string): string | undefined => {
  const value = fields.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
}

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <label className="filter">
    <span className="small quiet">{label}</span>
    <select
      className="field"
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
    >
      <option value="">{t('terms:labels.all')}</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  </label>
);
