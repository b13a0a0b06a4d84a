import { routes, type IncidentDetail } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, messageOf } from '../api/call';
import { t } from '../words';
import { recipientsQuery } from './hand-over-query';
import { useCaseAction } from './use-case-action';
import { useDraft } from './use-draft';

/** Giving one's claim to a colleague who may hold it, with a reason. Shown to whoever holds the case. */
export const HandOver = ({ incident, userId }: { incident: IncidentDetail; userId: string }) => {
  const [isOpen, setOpen] = useState(false);
  const offered = incident.actions.some(({ action, blockedBy }) => action === 'hand-over' && blockedBy === null);
  if (incident.holder?.id !== userId || !offered) return null;
  return (
    <section className="panel case-actions" aria-labelledby="hand-over-title">
      <h2 id="hand-over-title">{t('desk:handOver.title')}</h2>
      <button
        type="button"
        className="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        data-testid="action-hand-over"
      >
        {t('desk:handOver.open')}
      </button>
      {isOpen && <HandOverForm incident={incident} onClose={() => setOpen(false)} />}
    </section>
  );
};

const HandOverForm = ({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) => {
  const recipients = useQuery(recipientsQuery(incident.id));
  const [to, setTo] = useState('');
  const [reason, setReason] = useDraft(`${incident.id}.hand-over`);
  const acting = useCaseAction(incident.id, onClose);
  const people = recipients.data ?? [];
  const send = () =>
    acting.run(async () => {
      const handed = await call(routes.handOverIncident, { params: { id: incident.id }, body: { to, reason: reason.trim() } });
      setReason('');
      return handed;
    });
  return (
    <form
      className="case-form"
      aria-label={t('desk:handOver.title')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {recipients.isError && (
        <p className="notice notice-error small" role="alert">
          {messageOf(recipients.error)}
        </p>
      )}
      {recipients.data?.length === 0 && <p className="small">{t('desk:handOver.nobody')}</p>}
      <label className="form-field">
        <span>{t('desk:handOver.to')}</span>
        <select
          className="field"
          required
          value={to}
          disabled={people.length === 0}
          onChange={({ target }) => setTo(target.value)}
          data-testid="hand-over-to"
        >
          <option value="">{t('desk:handOver.choose')}</option>
          {people.map(({ id, name, roles }) => (
            <option key={id} value={id}>
              {t('desk:handOver.person', { name, roles: roles.map((role) => t(`terms:roles.${role}`)).join(', ') })}
            </option>
          ))}
        </select>
      </label>
      <label className="form-field">
        <span>{t('desk:handOver.reason')}</span>
        <textarea
          className="field"
          rows={2}
          required
          minLength={3}
          maxLength={4000}
          dir="auto"
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          data-testid="hand-over-reason"
        />
      </label>
      {acting.error && (
        <p className="notice notice-error small" role="alert">
          {messageOf(acting.error)}
        </p>
      )}
      {acting.dialog}
      <div className="form-buttons">
        <button
          type="submit"
          className="button button-primary"
          disabled={acting.isPending || people.length === 0}
          data-testid="hand-over-send"
        >
          {t('desk:handOver.send')}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t('desk:handOver.cancel')}
        </button>
      </div>
    </form>
  );
};
