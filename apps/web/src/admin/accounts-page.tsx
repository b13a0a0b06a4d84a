import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { accountsQuery } from '../account/account-queries';
import { textIn } from '../account/code-field';
import { StaffOnly } from '../account/staff-only';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { AccountEntry } from './account-entry';
import { NewAccount } from './new-account';
import '../styles/account.css';

/** People with an account: who they are, what they may do where, and until when. */
export const AccountsPage = () => (
  <StaffOnly anyOf={['account.manage']} title={t('admin:title')}>
    {(session) => (
      <div className="page account">
        <PageHeading title={t('admin:title')}>{t('admin:title')}</PageHeading>
        <NewAccount />
        <Accounts ownId={session.user.id} />
      </div>
    )}
  </StaffOnly>
);

const Accounts = ({ ownId }: { ownId: string }) => {
  const { q } = useSearch({ from: '/a/accounts' });
  const navigate = useNavigate({ from: '/a/accounts' });
  const query = useInfiniteQuery(accountsQuery(q));
  const accounts = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <search>
        <form
          key={q ?? ''}
          className="inline-form"
          onSubmit={(event) => {
            event.preventDefault();
            const words = textIn(event.currentTarget, 'q').trim();
            void navigate({ search: words === '' ? {} : { q: words }, replace: true });
          }}
        >
          <label className="form-row">
            <span>{t('admin:searchLabel')}</span>
            <input className="field" type="search" name="q" defaultValue={q ?? ''} data-testid="account-search" />
          </label>
          <button type="submit" className="button">
            {t('admin:search')}
          </button>
        </form>
      </search>
      {query.isPending && <Skeleton label={t('admin:loading')} count={6} className="skeleton-line" />}
      {query.isError && !query.data && (
        <ErrorNotice title={t('admin:notLoaded')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && accounts.length === 0 && <EmptyNotice title={t('admin:noMatch')} />}
      <ul className="account-list" aria-label={t('admin:title')}>
        {accounts.map((account) => (
          <li key={account.id}>
            <AccountEntry account={account} isOwn={account.id === ownId} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <button type="button" className="button" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('admin:more')}
        </button>
      )}
    </>
  );
};
