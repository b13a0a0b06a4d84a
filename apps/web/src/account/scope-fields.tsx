import { routes, type ScopeRef } from '@app/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call';
import { electionQuery, regionsQuery } from '../api/queries';
import { t } from '../words';
import { textIn } from './code-field';

type Kind = ScopeRef['kind'];

interface Props {
  /** In the order in which they are offered, with what each is called; the first is chosen until another one is. */
  kinds: readonly (readonly [Kind, string])[];
}

/** Where a right holds. `useScopeOf` reads it. */
export const ScopeFields = ({ kinds }: Props) => {
  const [kind, setKind] = useState(kinds[0]?.[0]);
  const regions = useQuery({ ...regionsQuery, enabled: kind === 'region' });
  return (
    <>
      <label className="form-row">
        <span>{t('account:scope.where')}</span>
        <select className="field" name="kind" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {kinds.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {kind === 'station' && (
        <label className="form-row">
          <span>{t('account:scope.stationNumber')}</span>
          <input className="field" name="station" required maxLength={40} autoComplete="off" />
        </label>
      )}
      {kind === 'region' && (
        <label className="form-row">
          <span>{t('account:scope.regionName')}</span>
          <select className="field" name="region" required>
            {regions.data?.map((region) => (
              <option key={region.id} value={region.id}>
                {region.name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
};

/** Reads `ScopeFields` of a form; asks the server for the station of a number. Rejects when there is none. */
export const useScopeOf = (): ((form: HTMLFormElement) => Promise<ScopeRef>) => {
  const client = useQueryClient();
  return async (form) => {
    const kind = textIn(form, 'kind') as Kind;
    switch (kind) {
      case 'all':
        return { kind };
      case 'election':
        return { kind, id: (await client.fetchQuery(electionQuery)).id };
      case 'region':
        return { kind, id: textIn(form, 'region') };
      case 'station':
        return { kind, id: (await call(routes.getStation, { params: { code: textIn(form, 'station').trim() } })).id };
    }
  };
};
