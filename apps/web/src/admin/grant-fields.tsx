import { ROLES, routes, type Role, type ScopeRef } from '@app/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call';
import { electionQuery, regionsQuery } from '../api/queries';
import { textIn } from '../account/code-field';

const KINDS = [
  ['station', 'One station'],
  ['region', 'A region and all below it'],
  ['election', 'The election of the day'],
  ['all', 'Everywhere, also in later elections'],
] as const;
type Kind = (typeof KINDS)[number][0];

/** Role, place and end of a right. `useGrantOf` reads them. */
export const GrantFields = () => {
  const [kind, setKind] = useState<Kind>('station');
  const regions = useQuery({ ...regionsQuery, enabled: kind === 'region' });
  return (
    <>
      <label className="form-row">
        <span>Role</span>
        <select className="field" name="role" defaultValue="observer">
          {ROLES.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      </label>
      <label className="form-row">
        <span>Where</span>
        <select className="field" name="kind" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {KINDS.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {kind === 'station' && (
        <label className="form-row">
          <span>Station number</span>
          <input className="field" name="station" required maxLength={40} autoComplete="off" />
        </label>
      )}
      {kind === 'region' && (
        <label className="form-row">
          <span>Region</span>
          <select className="field" name="region" required>
            {regions.data?.map((region) => (
              <option key={region.id} value={region.id}>
                {region.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="form-row">
        <span>Ends on, in your time; empty: when somebody ends it</span>
        <input className="field" type="datetime-local" name="validTo" />
      </label>
    </>
  );
};

export interface GivenGrant {
  role: Role;
  scope: ScopeRef;
  validTo?: string;
}

/** Reads `GrantFields` of a form; asks the server for the station of a number. Rejects when there is none. */
export const useGrantOf = (): ((form: HTMLFormElement) => Promise<GivenGrant>) => {
  const client = useQueryClient();
  return async (form) => {
    const scope = async (): Promise<ScopeRef> => {
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
    const validTo = textIn(form, 'validTo');
    const role = textIn(form, 'role') as Role;
    return { role, scope: await scope(), ...(validTo && { validTo: new Date(validTo).toISOString() }) };
  };
};
