import type { AuditEvent } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { momentIn } from '../time/format';
import { t } from '../words';
import { actionWords } from './audit-words';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One event: who did what to what, and everything else of it when it is opened. */
export const AuditEventRow = ({ event }: { event: AuditEvent }) => {
  const { actor, subject } = event;
  const words = actionWords(event.action);
  return (
    <li className="audit-row panel" data-testid="audit-event">
      <p className="audit-what">
        <strong>{words ?? event.action}</strong>
        {words !== null && <code className="small quiet">{event.action}</code>}
        {event.from !== null && event.to !== null && event.from !== event.to && (
          <span className="small">
            {event.from} → {event.to}
          </span>
        )}
      </p>
      <p className="small">
        <time dateTime={event.at}>{momentIn(Date.parse(event.at), ZONE)}</time>{' '}
        <span dir="auto">{actor.kind === 'user' ? (actor.name ?? actor.id) : t(`audit:by.${actor.kind}`)}</span>{' '}
        <Subject subject={subject} />
      </p>
      {event.reason !== null && (
        <p className="small" dir="auto">
          {event.reason}
        </p>
      )}
      <details>
        <summary className="small">{t('audit:event.more')}</summary>
        <dl className="audit-facts small">
          <Fact label={t('audit:event.place')}>{t('audit:event.inChain', { number: event.seq })}</Fact>
          <Fact label={t('audit:event.actor')}>
            <code>{actor.id ?? actor.kind}</code>
          </Fact>
          <Fact label={t('audit:event.grant')}>
            {event.grant ? <code>{`${event.grant.role} ${event.grant.scope}`}</code> : t('audit:event.noGrant')}
          </Fact>
          <Fact label={t('audit:event.subject')}>
            <code>{`${subject.kind}:${subject.id}`}</code>
          </Fact>
          <Fact label={t('audit:event.change')}>
            <code>{`${event.from ?? '—'} → ${event.to ?? '—'}`}</code>
          </Fact>
          <Fact label={t('audit:event.request')}>
            <code>{event.requestId ?? '—'}</code>
          </Fact>
          <Fact label={t('audit:event.detail')}>
            <code className="audit-detail">{JSON.stringify(event.detail, null, 1)}</code>
          </Fact>
          <Fact label={t('audit:event.hash')}>
            <code>{event.hash}</code>
          </Fact>
          <Fact label={t('audit:event.previous')}>
            <code>{event.previousHash}</code>
          </Fact>
        </dl>
      </details>
    </li>
  );
};

const Fact = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div>
    <dt className="quiet">{label}</dt>
    <dd>{children}</dd>
  </div>
);

const Subject = ({ subject: { kind, id } }: Pick<AuditEvent, 'subject'>) => {
  if (kind !== 'incident') return <code className="quiet">{`${kind}:${id.slice(0, 60)}`}</code>;
  return (
    <Link to="/c/case/$id" params={{ id }}>
      {t('audit:event.case')}
    </Link>
  );
};
