import { OUTCOMES } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useIncidentCodes } from '../api/incident-codes';
import { regionsQuery } from '../api/queries';
import { Choice } from '../shell/choice';
import { t } from '../words';
import { type DecisionsFilter, decisionsFilterOf } from './decisions-query';

interface Props {
  filter: DecisionsFilter;
  onFilter: (filter: DecisionsFilter) => void;
}

/** Narrows the log; all of it stands in the address. */
export const DecisionsFilters = ({ filter, onFilter }: Props) => {
  const { data: regions = [] } = useQuery(regionsQuery);
  const codes = useIncidentCodes();
  const change = (next: object) => onFilter(decisionsFilterOf({ ...filter, ...next }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change({ decider: new FormData(event.currentTarget).get('decider') });
  };
  return (
    <form className="filters" aria-label={t('desk:log.filter')} onSubmit={submit}>
      <Choice
        none={t('desk:log.all')}
        label={t('desk:log.outcome')}
        value={filter.outcome}
        options={OUTCOMES.map((outcome) => [outcome, t(`terms:outcomes.${outcome}`)])}
        onChoose={(outcome) => change({ outcome })}
      />
      <Choice
        none={t('desk:log.all')}
        label={t('desk:log.category')}
        value={filter.code}
        options={codes.map(({ code, label }) => [code, `${code} ${label}`])}
        onChoose={(code) => change({ code })}
      />
      <Choice
        none={t('desk:log.all')}
        label={t('desk:log.region')}
        value={filter.region}
        options={regions.map(({ id, name }) => [id, name])}
        onChoose={(region) => change({ region })}
      />
      <Choice
        none={t('desk:log.all')}
        label={t('desk:log.clock')}
        value={filter.overdue}
        options={[
          ['1', t('desk:log.late')],
          ['0', t('desk:log.inTime')],
        ]}
        onChoose={(overdue) => change({ overdue })}
      />
      <Choice
        none={t('desk:log.all')}
        label={t('desk:log.drawn')}
        value={filter.sampled}
        options={[
          ['1', t('desk:log.drawnYes')],
          ['0', t('desk:log.drawnNo')],
        ]}
        onChoose={(sampled) => change({ sampled })}
      />
      <label className="filter">
        <span className="small quiet">{t('desk:log.decider')}</span>
        <input
          key={filter.decider ?? ''}
          className="field"
          name="decider"
          defaultValue={filter.decider ?? ''}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <div className="filter-buttons">
        <button type="submit" className="button">
          {t('desk:log.search')}
        </button>
        <button type="button" className="button" onClick={() => onFilter({})}>
          {t('desk:log.reset')}
        </button>
      </div>
    </form>
  );
};
