import type { Badge } from '@app/contracts';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { badgeQuery, ownBadgeQuery } from './api';
import { BadgeCard } from './badge-card';
import { keptReference } from './own-reference';
import '../styles/accreditation.css';

const MAY_DECIDE = ['accreditation.decide'] as const;

/** One's own badge, for whoever holds the reference. */
export const OwnBadgePage = () => {
  const reference = keptReference();
  return reference === null ? (
    <div className="narrow accreditation">
      <PageHeading title={t('accreditation:badge.mine')}>{t('accreditation:badge.mine')}</PageHeading>
      <EmptyNotice title={t('accreditation:badge.openFirst')}>
        <Link to="/accreditation/mine" className="button button-primary">
          {t('accreditation:mine')}
        </Link>
      </EmptyNotice>
    </div>
  ) : (
    <OwnBadge reference={reference} />
  );
};

const OwnBadge = ({ reference }: { reference: string }) => (
  <BadgeView title={t('accreditation:badge.mine')} badge={useQuery(ownBadgeQuery(reference))} />
);

export const StaffBadgePage = () => (
  <StaffOnly anyOf={MAY_DECIDE} title={t('accreditation:badge.title')}>
    {() => <StaffBadge />}
  </StaffOnly>
);

const StaffBadge = () => {
  const { id } = useParams({ from: '/c/accreditations/$id/badge' });
  return <BadgeView title={t('accreditation:badge.title')} badge={useQuery(badgeQuery(id))} />;
};

const BadgeView = ({ title, badge }: { title: string; badge: UseQueryResult<Badge> }) => (
  <div className="narrow accreditation">
    <PageHeading title={title} className="no-print">
      {title}
    </PageHeading>
    {badge.isPending && <Skeleton label={t('accreditation:badge.loading')} className="skeleton-card" />}
    {!badge.data && badge.isError && (
      <ErrorNotice title={t('accreditation:badge.none')} error={badge.error} onRetry={() => void badge.refetch()} />
    )}
    {badge.data && (
      <>
        <BadgeCard badge={badge.data} />
        <p className="buttons no-print">
          <button type="button" className="button button-primary" onClick={() => window.print()}>
            {t('accreditation:badge.print')}
          </button>
        </p>
      </>
    )}
  </div>
);
