import { routes, type AccreditationDetail } from '@app/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useStepUp } from '../account/step-up';
import { call, messageOf } from '../api/call';
import { electionQuery } from '../api/queries';
import { t } from '../words';
import { Rich } from '../words/rich';
import { approvalOf, firstApproval, type Approval } from './approval';
import { ApprovalFields } from './approval-fields';
import { fieldProblemsOf } from './field-problems';
import { FormField } from './form-field';

const CHANGES = ['ask', 'approve', 'reject', 'suspend', 'resume', 'revoke'] as const;
type Change = (typeof CHANGES)[number];
const isChange = (action: string): action is Change => CHANGES.some((change) => change === action);

const ROUTES = {
  ask: routes.askAccreditation,
  reject: routes.rejectAccreditation,
  suspend: routes.suspendAccreditation,
  resume: routes.resumeAccreditation,
  revoke: routes.revokeAccreditation,
} as const;

interface Props {
  application: AccreditationDetail;
  onChanged: (application: AccreditationDetail) => void;
}

/** What can be decided from here; each decision asks for its reason before it is taken. */
export const DecisionDialog = ({ application, onChanged }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [change, setChange] = useState<Change | null>(null);
  const possible = application.possible.filter(isChange);
  const close = () => dialog.current?.close();
  return (
    <>
      <p className="buttons">
        {possible.map((action) => (
          <button
            key={action}
            type="button"
            className={action === 'approve' ? 'button button-primary' : 'button'}
            data-testid={`decide-${action}`}
            onClick={() => {
              setChange(action);
              dialog.current?.showModal();
            }}
          >
            {t(`accreditation:decisions.${action}.button`)}
          </button>
        ))}
      </p>
      <dialog ref={dialog} className="dialog panel" aria-labelledby="decision-heading" onClose={() => setChange(null)}>
        {change && (
          <DecisionForm
            key={change}
            change={change}
            application={application}
            onCancel={close}
            onDone={(next) => {
              close();
              onChanged(next);
            }}
          />
        )}
      </dialog>
    </>
  );
};

interface FormProps {
  change: Change;
  application: AccreditationDetail;
  onCancel: () => void;
  onDone: (application: AccreditationDetail) => void;
}

const DecisionForm = ({ change, application, onCancel, onDone }: FormProps) => {
  const { data: election } = useQuery(electionQuery);
  const [reason, setReason] = useState('');
  const [typed, setApproval] = useState<Approval | null>(null);
  const approval = typed ?? firstApproval(application, election);
  const stepUp = useStepUp();
  const form = useRef<HTMLFormElement>(null);
  // The dialog is open before there is a field in it that could have the focus.
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  const decide = useMutation({
    mutationFn: () =>
      stepUp.run(() => {
        const params = { id: application.id };
        return change === 'approve'
          ? call(routes.approveAccreditation, { params, body: { reason, ...approvalOf(approval) } })
          : call(ROUTES[change], { params, body: { reason } });
      }),
    onSuccess: onDone,
  });
  const problems = fieldProblemsOf(decide.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate();
  };
  const title = t(`accreditation:decisions.${change}.title`);
  return (
    <>
      <form ref={form} className="form" onSubmit={submit}>
        <h2 id="decision-heading">{title}</h2>
        <p>
          <Rich
            text="accreditation:decision.whom"
            values={{ name: application.name, organisation: application.organisation }}
            components={{ strong: <strong dir="auto" />, name: <span dir="auto" /> }}
          />{' '}
          {t(`accreditation:decisions.${change}.effect`)}
        </p>
        {change === 'approve' && <ApprovalFields approval={approval} problems={problems} onChange={setApproval} />}
        <FormField
          name="reason"
          label={t(change === 'ask' ? 'accreditation:decision.question' : 'accreditation:decision.reason')}
          hint={t('accreditation:decision.hint')}
          problem={problems.get('reason')}
          required
        >
          {(field) => (
            <textarea
              {...field}
              rows={3}
              minLength={3}
              maxLength={2000}
              value={reason}
              data-testid="reason"
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </FormField>
        {decide.isError && problems.size === 0 && (
          <p className="notice notice-error" role="alert">
            {messageOf(decide.error)}
          </p>
        )}
        <p className="buttons">
          <button type="submit" className="button button-primary" disabled={decide.isPending} data-testid="decide">
            {decide.isPending ? t('accreditation:decision.saving') : title}
          </button>
          <button type="button" className="button button-quiet" onClick={onCancel}>
            {t('account:cancel')}
          </button>
        </p>
      </form>
      {stepUp.dialog}
    </>
  );
};
