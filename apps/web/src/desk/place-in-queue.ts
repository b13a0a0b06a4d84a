import type { Incident, Page } from '@app/contracts';
import type { CaseFilter } from './queries';

export interface Placed {
  pages: Page<Incident>[];
  /** It may belong into the list, but where, only the server knows. */
  isToAsk: boolean;
}

/**
 * The queue with this case as it is now: replaced where it stands, taken out when it is no longer the work of this filter. It keeps its
 * place although its clock has changed: a row that moves is missed by who is about to press it; the next time the list is
 * asked for brings the order.
 * @param userId whose queue it is
 */
export const placeInQueue = (
  pages: readonly Page<Incident>[],
  incident: Incident,
  filter: CaseFilter,
  userId: string | undefined,
): Placed => {
  const shown = pages.flatMap(({ items }) => items).find(({ id }) => id === incident.id);
  const belongs = mayBelong(incident, filter, userId);
  if (!shown) return { pages: [...pages], isToAsk: belongs };
  if (shown.version > incident.version) return { pages: [...pages], isToAsk: false };
  if (belongs) return { pages: pages.map((page) => replacedIn(page, incident)), isToAsk: shown.severity !== incident.severity };
  return { pages: pages.map((page) => withoutIn(page, incident)), isToAsk: false };
};

const replacedIn = (page: Page<Incident>, incident: Incident): Page<Incident> => ({
  ...page,
  items: page.items.map((item) => (item.id === incident.id ? incident : item)),
});

const withoutIn = (page: Page<Incident>, { id }: Incident): Page<Incident> => ({
  ...page,
  items: page.items.filter((item) => item.id !== id),
  total: page.total - 1,
});

/** Region, words and clock are matched by the server alone: as far as they go, it may. */
const mayBelong = (
  { state, station, code, severity, holder }: Incident,
  filter: CaseFilter,
  userId: string | undefined,
): boolean =>
  (!filter.state?.length || filter.state.includes(state)) &&
  (filter.station === undefined || filter.station === station.code) &&
  (filter.code === undefined || filter.code === code) &&
  (filter.severity === undefined || filter.severity === severity) &&
  isHeldAs(filter.claimed, holder, userId);

const isHeldAs = (claimed: CaseFilter['claimed'], holder: Incident['holder'], userId: string | undefined): boolean => {
  if (claimed === undefined) return true;
  if (claimed === 'none') return holder === null;
  return claimed === 'any' ? holder !== null : holder?.id === userId;
};
