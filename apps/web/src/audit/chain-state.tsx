import { routes, type AuditChain, type AuditVerdict } from '@app/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, messageOf } from '../api/call';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { StateBadge } from '../station/state-badge';
import type { Badge } from '../station/camera-words';
import { t } from '../words';
import { chainsQuery } from './audit-queries';

/** The chains of the log, and whether they are whole: computed again by the server when somebody asks. */
export const ChainState = () => {
  const chains = useQuery(chainsQuery);
  if (chains.isPending) return <Skeleton label={t('audit:loading')} className="skeleton-line" />;
  if (!chains.data)
    return <ErrorNotice title={t('audit:chain.failed')} error={chains.error} onRetry={() => void chains.refetch()} />;
  return (
    <section className="panel audit-chains" aria-labelledby="chains">
      <h2 id="chains">{t('audit:chain.title')}</h2>
      <p className="small quiet">{t('audit:chain.words')}</p>
      {chains.data.length === 0 && <p className="small">{t('audit:chain.none')}</p>}
      <ul>
        {chains.data.map((chain) => (
          <Chain key={chain.electionId} chain={chain} />
        ))}
      </ul>
    </section>
  );
};

const Chain = ({ chain }: { chain: AuditChain }) => {
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const verifying = useMutation({
    mutationFn: async () => {
      setVerdict(null);
      let after: string | null | undefined;
      while (after !== null) {
        const next: AuditVerdict = await call(routes.verifyAudit, {
          query: { election: chain.electionId, ...(after !== undefined && { after }) },
        });
        setVerdict(next);
        after = next.next;
      }
    },
  });
  const head = verdict?.head ?? chain.head;
  return (
    <li className="audit-chain" data-testid="audit-chain">
      <p>
        <strong dir="auto">{chain.election ?? t('audit:chain.noElection')}</strong>{' '}
        <span className="quiet">{t('audit:chain.events', { count: head.seq })}</span>
      </p>
      <p className="small audit-hash">
        <span className="quiet">{t('audit:chain.head')}</span> <code>{head.hash}</code>
      </p>
      <p className="audit-verdict" role="status" data-testid="chain-verdict">
        {verdict && <StateBadge badge={badgeOf(verdict)} />}
        {verdict && <span className="small">{wordsOf(verdict)}</span>}
      </p>
      {verifying.isError && (
        <p className="notice notice-error small" role="alert">
          {messageOf(verifying.error)}
        </p>
      )}
      <button
        type="button"
        className="button"
        disabled={verifying.isPending}
        onClick={() => verifying.mutate()}
        data-testid="chain-verify"
      >
        {verifying.isPending ? t('audit:chain.verifying') : t('audit:chain.verify')}
      </button>
    </li>
  );
};

const badgeOf = ({ broken, next }: AuditVerdict): Badge => {
  if (broken) return { tone: 'down', label: t('audit:chain.broken'), reason: null };
  if (next !== null) return { tone: 'wait', label: t('audit:chain.verifying'), reason: null };
  return { tone: 'live', label: t('audit:chain.whole'), reason: null };
};

const wordsOf = ({ broken, verified, head }: AuditVerdict): string => {
  if (broken) return t(`audit:chain.why.${broken.why}`, { number: broken.seq });
  return t('audit:chain.upTo', { number: verified.seq, of: head.seq });
};
