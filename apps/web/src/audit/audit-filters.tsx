import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { offsetOf } from '../time/format';
import { t } from '../words';
import { type AuditFilter, auditFilterOf, localText } from './audit-filter';
import { chainsQuery } from './audit-queries';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Kinds of events, by the first part of their names. */
const KINDS = [
  'incident',
  'footage',
  'evidence',
  'hold',
  'grant',
  'account',
  'session',
  'second-factor',
  'token',
  'accreditation',
  'election',
  'access',
  'audit',
  'decisions',
] as const;

interface Props {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
}

/** What to look for. All of it goes into the address when it is searched for. */
export const AuditFilters = ({ filter, onFilter }: Props) => {
  const { data: chains = [] } = useQuery(chainsQuery);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onFilter(auditFilterOf(Object.fromEntries(new FormData(event.currentTarget))));
  };
  const zone = offsetOf(Date.parse(filter.from ?? new Date().toISOString()), ZONE);
  return (
    <form key={JSON.stringify(filter)} className="filters audit-filters" aria-label={t('audit:filter.label')} onSubmit={submit}>
      <Text name="from" type="datetime-local" label={t('audit:filter.from', { zone })} value={localText(filter.from)} />
      <Text name="to" type="datetime-local" label={t('audit:filter.to', { zone })} value={localText(filter.to)} />
      <Text name="actor" label={t('audit:filter.actor')} value={filter.actor} />
      <label className="filter">
        <span className="small quiet">{t('audit:filter.action')}</span>
        <input className="field" name="action" list="audit-kinds" defaultValue={filter.action ?? ''} autoComplete="off" />
        <datalist id="audit-kinds">
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`audit:kinds.${kind}`)}
            </option>
          ))}
        </datalist>
      </label>
      <Text name="incident" type="number" label={t('audit:filter.incident')} value={filter.incident?.toString()} />
      <Text name="station" label={t('audit:filter.station')} value={filter.station} />
      <Text name="subject" label={t('audit:filter.subject')} value={filter.subject} />
      <label className="filter">
        <span className="small quiet">{t('audit:filter.election')}</span>
        <select className="field" name="election" defaultValue={filter.election ?? ''}>
          <option value="">{t('audit:filter.all')}</option>
          {chains.map(({ electionId, election }) => (
            <option key={electionId} value={electionId}>
              {election ?? t('audit:chain.noElection')}
            </option>
          ))}
        </select>
      </label>
      <div className="filter-buttons">
        <button type="submit" className="button button-primary" data-testid="audit-search">
          {t('audit:filter.search')}
        </button>
        <button type="button" className="button" onClick={() => onFilter({})}>
          {t('audit:filter.reset')}
        </button>
      </div>
    </form>
  );
};

interface TextProps {
  name: keyof AuditFilter;
  label: string;
  value: string | undefined;
  type?: 'text' | 'number' | 'datetime-local';
}

const Text = ({ name, label, value, type = 'text' }: TextProps) => (
  <label className="filter">
    <span className="small quiet">{label}</span>
    <input
      className="field"
      name={name}
      type={type}
      defaultValue={value ?? ''}
      autoComplete="off"
      spellCheck={false}
      {...(type === 'number' && { min: 1, max: 2_000_000_000 })}
    />
  </label>
);
