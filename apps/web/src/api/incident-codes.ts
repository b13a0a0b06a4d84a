import { routes, type IncidentCode } from '@app/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { dictionary } from '../words';
import { call } from './call';

/** A name and the language it is in, for the attribute `lang`. */
export interface CodeLabel {
  text: string;
  lang: string;
}

interface LabelledIncident {
  code: string;
  codeLabel: string;
}

/** What the server says beside the code of an incident is English. */
const SPOKEN_BY_SERVER = 'en';
const NONE: readonly IncidentCode[] = [];

/** The taxonomy in a language; a label that is not translated says that it is English. */
export const incidentCodesQuery = (language: string) =>
  queryOptions({
    queryKey: ['incident-codes', language],
    queryFn: ({ signal }) => call(routes.listIncidentCodes, { query: { lang: language } }, { signal }),
    select: itemsOf,
    staleTime: Infinity,
  });

const itemsOf = ({ items }: { items: IncidentCode[] }): readonly IncidentCode[] => items;

/** The taxonomy in the language of the interface; empty until it has come. */
export const useIncidentCodes = (): readonly IncidentCode[] => useQuery(incidentCodesQuery(dictionary.language)).data ?? NONE;

/** Names an incident's code in the language of the interface. */
export const useCodeLabel = (): ((incident: LabelledIncident) => CodeLabel) => {
  const { data = NONE } = useQuery({
    ...incidentCodesQuery(dictionary.language),
    enabled: dictionary.language !== SPOKEN_BY_SERVER,
  });
  return useCallback((incident) => labelIn(data, incident), [data]);
};

/** The server's English name where the code is not among these: it was hidden, or they have not come yet. */
export const labelIn = (codes: readonly IncidentCode[], { code, codeLabel }: LabelledIncident): CodeLabel => {
  const known = codes.find((each) => each.code === code);
  return known ? { text: known.label, lang: known.lang } : { text: codeLabel, lang: SPOKEN_BY_SERVER };
};
