import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { StaffOnly } from '../account/staff-only';
import { camerasQuery } from '../api/queries';
import { EmptyNotice, ErrorNotice, Skeleton, StaleNotice } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { CameraTable } from './camera-table';
import { countsOf, GROUPS, isIn, pageOf, type Group } from './camera-filter';
import { ServerHealth } from './server-health';
import '../styles/operators.css';

const MAY_READ = ['camera.manage', 'camera.read-faults'] as const;
const ROWS = 100;

/** Every camera: its state, since when, why, and what of the day is on record. */
export const CamerasPage = () => (
  <StaffOnly anyOf={MAY_READ} title={t('operators:title')}>
    {() => (
      <div className="page operators">
        <PageHeading title={t('operators:title')}>{t('operators:title')}</PageHeading>
        <ServerHealth />
        <Cameras />
      </div>
    )}
  </StaffOnly>
);

const Cameras = () => {
  const { q, group, page } = useSearch({ from: '/o/cameras' });
  const navigate = useNavigate({ from: '/o/cameras' });
  const query = useInfiniteQuery(camerasQuery(q));
  // States are known only camera by camera: counts and groups need all of them.
  const { hasNextPage, isFetching, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const change = (next: { q?: string | undefined; group?: Group | undefined; page?: number }) => {
    const { q: words, group: only, page: at } = { q, group, ...next };
    void navigate({
      to: '.',
      search: { ...(words ? { q: words } : {}), ...(only ? { group: only } : {}), ...(at && at > 1 ? { page: at } : {}) },
      replace: true,
      resetScroll: false,
    });
  };
  if (query.isPending) return <Skeleton label={t('operators:loading')} count={8} className="skeleton-line" />;
  if (!query.data)
    return <ErrorNotice title={t('operators:notLoaded')} error={query.error} onRetry={() => void query.refetch()} />;
  const all = query.data.pages.flatMap(({ items }) => items);
  const total = query.data.pages[0]?.total ?? all.length;
  const counts = countsOf(all);
  const matching = group ? all.filter((camera) => isIn(group, camera)) : all;
  const shown = pageOf(matching, page ?? 1, ROWS);
  // At either end the button does nothing, but keeps the focus of whoever got there with it.
  const turn = (by: 1 | -1) => change({ page: Math.min(shown.pages, Math.max(1, shown.page + by)) });
  return (
    <>
      {query.isError && <StaleNotice at={query.dataUpdatedAt} />}
      <Search key={q ?? ''} words={q ?? ''} onSearch={(words) => change({ q: words })} />
      <fieldset className="groups">
        <legend className="visually-hidden">{t('operators:show')}</legend>
        <GroupButton
          label={t('operators:all')}
          count={all.length}
          pressed={group === undefined}
          onPress={() => change({ group: undefined })}
        />
        {GROUPS.map((each) => (
          <GroupButton
            key={each}
            label={t(`operators:groups.${each}`)}
            count={counts[each]}
            pressed={group === each}
            onPress={() => change({ group: each })}
          />
        ))}
      </fieldset>
      {all.length < total && (
        <p className="small quiet" role="status">
          {t('operators:loaded', { loaded: all.length, total })}
        </p>
      )}
      {matching.length === 0 ? (
        <EmptyNotice title={t(all.length === 0 ? 'operators:noMatch' : 'operators:noneInGroup')} />
      ) : (
        <CameraTable cameras={shown.items} total={matching.length} first={(shown.page - 1) * ROWS} />
      )}
      {shown.pages > 1 && (
        <nav className="pages" aria-label={t('operators:pages')}>
          <button type="button" className="button" aria-disabled={shown.page === 1} onClick={() => turn(-1)}>
            {t('operators:previous')}
          </button>
          <span>{t('operators:page', { page: shown.page, pages: shown.pages })}</span>
          <button type="button" className="button" aria-disabled={shown.page === shown.pages} onClick={() => turn(1)}>
            {t('operators:next')}
          </button>
        </nav>
      )}
    </>
  );
};

const Search = ({ words, onSearch }: { words: string; onSearch: (words: string) => void }) => (
  <search>
    <form
      className="camera-search"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('q');
        onSearch(typeof typed === 'string' ? typed.trim() : '');
      }}
    >
      <label>
        <span className="small quiet">{t('operators:searchLabel')}</span>
        <input className="field" type="search" name="q" defaultValue={words} data-testid="camera-search" />
      </label>
      <button type="submit" className="button">
        {t('operators:search')}
      </button>
    </form>
  </search>
);

interface GroupProps {
  label: string;
  count: number;
  pressed: boolean;
  onPress: () => void;
}

const GroupButton = ({ label, count, pressed, onPress }: GroupProps) => (
  <button type="button" className="group-button" aria-pressed={pressed} onClick={onPress}>
    {label} <strong>{count}</strong>
  </button>
);
