import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { regionsQuery } from '../api/queries';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { t } from '../words';
import { countsOf, regionTree, type RegionNode } from './region-order';

export const RegionNav = ({ current }: { current: string | undefined }) => {
  const regions = useQuery(regionsQuery);
  const [open, setOpen] = useState(false);
  if (regions.isPending) return <Skeleton label={t('start:loadingRegions')} count={4} className="skeleton-line" />;
  if (!regions.data)
    return <ErrorNotice title={t('start:regionsFailed')} error={regions.error} onRetry={() => void regions.refetch()} />;
  const tree = regionTree(regions.data);
  const all = countsOf(tree);
  const here = regions.data.find(({ id }) => id === current)?.name ?? t('start:allRegions');
  return (
    <nav className="regions" aria-label={t('start:regions')}>
      <button
        type="button"
        className="regions-toggle"
        aria-expanded={open}
        aria-controls="regions-list"
        onClick={() => setOpen(!open)}
      >
        <span>
          <span className="quiet small">{t('start:region')}</span> {here}
        </span>
        <svg viewBox="0 0 12 12" aria-hidden="true" className="chevron">
          <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </svg>
      </button>
      <ul id="regions-list" className={open ? 'regions-list' : 'regions-list regions-closed'}>
        <li>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }} className="region" onClick={() => setOpen(false)}>
            <span>{t('start:allRegions')}</span>
            <Counts live={all.live} total={all.total} />
          </Link>
        </li>
        <Branch nodes={tree} onChoose={() => setOpen(false)} />
      </ul>
    </nav>
  );
};

const Branch = ({ nodes, onChoose }: { nodes: RegionNode[]; onChoose: () => void }) =>
  nodes.map(({ region, children }) => (
    <li key={region.id}>
      <Link to="/r/$regionId" params={{ regionId: region.id }} className="region" onClick={onChoose}>
        <span dir="auto">{region.name}</span>
        <Counts live={region.live} total={region.total} />
      </Link>
      {children.length > 0 && (
        <ul>
          <Branch nodes={children} onChoose={onChoose} />
        </ul>
      )}
    </li>
  ));

const Counts = ({ live, total }: { live: number; total: number }) => (
  <span className="region-counts">
    <span aria-hidden="true">
      {live}
      <span className="quiet"> / {total}</span>
    </span>
    <span className="visually-hidden">{t('start:camerasLive', { live, total })}</span>
    <svg viewBox="0 0 40 4" className="meter" preserveAspectRatio="none" aria-hidden="true">
      <rect width="40" height="4" className="meter-all" />
      <rect width={total > 0 ? (40 * live) / total : 0} height="4" className="meter-live" />
    </svg>
  </span>
);
