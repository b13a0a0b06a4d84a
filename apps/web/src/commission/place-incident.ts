import type { Incident, Page } from '@app/contracts';
import type { FlagFilter } from '../api/queries';

/**
 * The pages of a list with this flag in them: replaced where it stands, or put on top when it is new and fits the filter.
 * A row never changes its place, and an older version never replaces a newer one: events may come out of order.
 */
export const placeIncident = (pages: readonly Page<Incident>[], incident: Incident, filter: FlagFilter): Page<Incident>[] => {
  const known = pages.some((page) => page.items.some(({ id }) => id === incident.id));
  if (known)
    return pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === incident.id && item.version <= incident.version ? incident : item)),
    }));
  const [first, ...rest] = pages;
  // Whose flag it is cannot be told here for sure; one's own list asks the server instead.
  if (!first || filter.mine === '1' || !fits(incident, filter)) return [...pages];
  const at = first.items.findIndex(({ number }) => number < incident.number);
  // Older than all of the first page while there are more pages: it belongs further down and comes when that is loaded.
  if (at < 0 && first.nextCursor !== null) return [...pages];
  const items = at < 0 ? [...first.items, incident] : [...first.items.slice(0, at), incident, ...first.items.slice(at)];
  return [{ ...first, items, total: first.total + 1 }, ...rest];
};

const fits = (incident: Incident, { station, severity }: FlagFilter): boolean =>
  (station === undefined || incident.station.code === station) && (severity === undefined || incident.severity === severity);
