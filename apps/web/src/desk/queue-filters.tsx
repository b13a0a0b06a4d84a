import type { Severity } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { codesQuery, regionsQuery } from '../api/queries';
import { SEVERITY_WORDS } from '../flags/severity';
import type { CaseFilter } from './queries';

/** Narrows the queue; all of it stands in the address, so that a view can be sent to a colleague. */
export const QueueFilters = () => {
  const navigate = useNavigate({ from: '/c/queue' });
  const search = useSearch({ from: '/c/queue' });
  const { data: regions = [] } = useQuery(regionsQuery);
  const { data: codes = [] } = useQuery(codesQuery);
  const change = (next: Partial<CaseFilter>) => {
    const merged = Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: '.', search: Object.fromEntries(merged), replace: true, resetScroll: false });
  };
  return (
    <form
      className="filters"
      aria-label="Filter"
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        change({ q: textOf(fields, 'q'), station: textOf(fields, 'station') });
      }}
    >
      <label className="filter">
        <span className="small quiet">Words or number</span>
        <input className="field" name="q" key={`q ${search.q ?? ''}`} defaultValue={search.q ?? ''} />
      </label>
      <label className="filter">
        <span className="small quiet">Station</span>
        <input className="field" name="station" key={`s ${search.station ?? ''}`} defaultValue={search.station ?? ''} />
      </label>
      <Choice
        label="Region"
        value={search.region}
        options={regions.map(({ id, name }) => [id, name])}
        onChange={(region) => change({ region })}
      />
      <Choice
        label="Category"
        value={search.code}
        options={codes.map(({ code, label }) => [code, `${code} ${label}`])}
        onChange={(code) => change({ code })}
      />
      <Choice
        label="Severity"
        value={search.severity}
        options={Object.entries(SEVERITY_WORDS).map(([value, words]) => [value, `${value} ${words}`])}
        onChange={(severity) => change({ severity: severity as Severity | undefined })}
      />
      <Choice
        label="Held"
        value={search.claimed}
        options={[
          ['none', 'By nobody'],
          ['me', 'By me'],
          ['any', 'By somebody'],
        ]}
        onChange={(claimed) => change({ claimed: claimed as CaseFilter['claimed'] })}
      />
      <Choice
        label="Clock"
        value={search.due}
        options={[
          ['overdue', 'Run out'],
          ['hour', 'Within an hour'],
        ]}
        onChange={(due) => change({ due: due as CaseFilter['due'] })}
      />
      <button type="submit" className="button">
        Search
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
      <option value="">All</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  </label>
);
