import { type CaseAction, type IncidentDetail, routes } from '@app/contracts';
import { useRef, useState } from 'react';
import { call, messageOf } from '../api/call';
import { clockIn } from '../time/format';
import { t } from '../words';
import { blockedWords } from './blocked-words';
import { FindingForm } from './finding-form';
import { ClassifyForm, CloseForm, MergeForm, QuestionForm } from './move-forms';
import type { Stretch } from './played';
import { CaseFlagForm, ReasonForm } from './reason-form';
import { useCaseAction, type CaseActing } from './use-case-action';
import { useKeptFocus } from './use-kept-focus';

interface Props {
  incident: IncidentDetail;
  userId: string;
  marked: Stretch;
}

/** Done by pressing; everything else asks for words first. */
const AT_ONCE: readonly CaseAction[] = ['claim', 'release'];
/** Done elsewhere on the page, or by programs. */
const NOT_HERE = ['submit', 'describe', 'answer', 'hand-over', 'resume', 'renew'] as const satisfies readonly CaseAction[];
type ActionHere = Exclude<CaseAction, (typeof NOT_HERE)[number]>;
type Offered = IncidentDetail['actions'][number] & { action: ActionHere };

const isHere = (offered: IncidentDetail['actions'][number]): offered is Offered =>
  !(NOT_HERE as readonly CaseAction[]).includes(offered.action);

/** What may be done with the case now, as the server says it; what is not possible yet says why. */
export const CaseActions = ({ incident, userId, marked }: Props) => {
  const [open, setOpen] = useState<ActionHere | null>(null);
  const acting = useCaseAction(incident.id, () => setOpen(null));
  const isMine = incident.holder?.id === userId;
  const offered = incident.actions
    .filter(isHere)
    .filter(({ action, blockedBy }) => blockedBy !== 'incident.unchanged' && !(action === 'claim' && isMine));
  const heading = useRef<HTMLHeadingElement>(null);
  const kept = useKeptFocus(heading);
  const opener = useRef<HTMLButtonElement>(null);
  const putAway = () => {
    setOpen(null);
    opener.current?.focus();
  };
  const press = (action: ActionHere, button: HTMLButtonElement) => {
    if (acting.isPending) return;
    if (!AT_ONCE.includes(action)) {
      acting.forget();
      opener.current = button;
      return setOpen(action === open ? null : action);
    }
    const route = action === 'release' ? routes.releaseIncident : routes.claimIncident;
    acting.run(() => call(route, { params: { id: incident.id } }));
  };
  const openOne = offered.find(({ action }) => action === open);
  return (
    <section className="panel case-actions" aria-labelledby="actions-title" {...kept}>
      <h2 id="actions-title" ref={heading} tabIndex={-1}>
        {t('desk:actions.heading')}
      </h2>
      <Holder incident={incident} userId={userId} />
      {offered.length === 0 && <p className="small quiet">{t('desk:actions.none')}</p>}
      <ul className="action-list">
        {offered.map(({ action, blockedBy }) => (
          <li key={action}>
            <button
              type="button"
              className={AT_ONCE.includes(action) ? 'button button-primary' : 'button'}
              aria-expanded={AT_ONCE.includes(action) ? undefined : open === action}
              disabled={blockedBy !== null}
              aria-disabled={acting.isPending || undefined}
              onClick={({ currentTarget }) => press(action, currentTarget)}
              data-testid={`action-${action}`}
            >
              {t(`terms:actions.${action}`)}
            </button>
            {blockedBy !== null && <span className="small quiet">{blockedWords(blockedBy)}</span>}
          </li>
        ))}
      </ul>
      {acting.error && (
        <p className="notice notice-error small" role="alert">
          {messageOf(acting.error)}
        </p>
      )}
      {acting.dialog}
      {openOne && (
        <FormOf
          key={openOne.action}
          action={openOne.action}
          incident={incident}
          marked={marked}
          acting={acting}
          onCancel={putAway}
        />
      )}
    </section>
  );
};

const Holder = ({ incident: { holder, station }, userId }: Pick<Props, 'incident' | 'userId'>) => {
  if (!holder) return <p className="small">{t('desk:actions.free')}</p>;
  const until = clockIn(Date.parse(holder.until), station.timezone);
  return (
    <p className="small" data-testid="holder">
      {holder.id === userId
        ? t('desk:actions.mine', { time: until })
        : t('desk:actions.held', { name: holder.name, time: until })}
    </p>
  );
};

interface FormProps {
  action: ActionHere;
  incident: IncidentDetail;
  marked: Stretch;
  acting: CaseActing;
  onCancel: () => void;
}

const FormOf = ({ action, marked, ...rest }: FormProps) => {
  switch (action) {
    case 'find':
    case 'second':
    case 'vote':
    case 'out-of-scope':
      return <FindingForm {...rest} action={action} marked={marked} />;
    case 'route':
    case 'classify':
      return <ClassifyForm {...rest} isRoute={action === 'route'} />;
    case 'ask':
      return <QuestionForm {...rest} />;
    case 'merge':
      return <MergeForm {...rest} />;
    case 'close':
      return <CloseForm {...rest} />;
    case 'quarantine':
    case 'escalate':
    case 'publish':
      return <CaseFlagForm {...rest} action={action} />;
    case 'withdraw':
    case 'adopt':
    case 'unmerge':
    case 'reopen':
    case 'ask-reopen':
    case 'break':
    case 'lift-quarantine':
      return <ReasonForm {...rest} action={action} />;
    case 'claim':
    case 'release':
      return null;
  }
};
