import { routes, type ReportForm, type Session } from '@app/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, call } from '../api/call';
import { useSession } from '../api/queries';
import { readKit, rememberForms } from './kit';

/** The forms in a language; those kept on this device where the server cannot be reached. */
export const formsQuery = (language: string) =>
  queryOptions({
    queryKey: ['report-forms', language],
    queryFn: async ({ signal }) => {
      try {
        const { items } = await call(routes.listReportForms, { query: { lang: language } }, { signal });
        rememberForms(language, items);
        return items;
      } catch (error) {
        const kept = readKit().forms;
        const known = kept[language] ?? Object.values(kept)[0];
        if (known && isUnreachable(error)) return known;
        throw error;
      }
    },
    // The device decides whether there is a network; without one the kept forms are the answer.
    networkMode: 'always',
    staleTime: 60_000,
  });

/** @param received how many left this device: with each the list is asked for anew */
export const ownReportsQuery = (received: number) =>
  queryOptions({
    queryKey: ['reports', 'own', received],
    queryFn: ({ signal }) => call(routes.listObservations, { query: { limit: 100 } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const totalsQuery = (form: ReportForm, lang: string) =>
  queryOptions({
    queryKey: ['reports', 'totals', form, lang],
    queryFn: ({ signal }) => call(routes.reportTotals, { query: { form, lang } }, { signal }),
    refetchInterval: 30_000,
  });

export const devicesQuery = (code: string) =>
  queryOptions({
    queryKey: ['devices', code],
    queryFn: ({ signal }) => call(routes.listDevices, { params: { code } }, { signal }),
    select: (answer) => answer.items,
  });

export const isUnreachable = (error: unknown): boolean => error instanceof ApiError && error.status === 0;

/** Who fills in forms: whoever is signed in, or, while the server cannot be asked, whoever was last on this device. */
export const useReporter = (): { user: Pick<Session['user'], 'id' | 'name'>; offline: boolean } | null => {
  const session = useSession(true);
  const kept = readKit().user;
  if (session.data) return { user: session.data.user, offline: false };
  return session.isError && isUnreachable(session.error) && kept ? { user: kept, offline: true } : null;
};

export const useForms = (language: string) => useQuery(formsQuery(language));
