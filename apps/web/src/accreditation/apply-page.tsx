import { OBSERVER_KINDS, routes, type ObserverKind } from '@app/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import { ApiError, call, messageOf } from '../api/call';
import { newKey } from '../flags/new-key';
import { PageHeading } from '../shell/page-heading';
import { sendDocument } from './api';
import { DocumentChoice } from './document-choice';
import { deviceStorage, type Draft, dropDraft, readDraft, writeDraft } from './draft';
import { fieldProblemsOf } from './field-problems';
import { focusFirstProblem, FormField, Problem } from './form-field';
import { keepReference, noteUnsent } from './own-reference';
import { RegionChoice } from './region-choice';
import { KIND_WORDS } from './words';
import '../styles/accreditation.css';

type Sending = { is: 'waiting' } | { is: 'sending'; what: string } | { is: 'failed'; error: unknown };

/** The open application form. What is typed is kept in this browser until it was sent. */
export const ApplyPage = () => {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => readDraft(deviceStorage(), newKey));
  const [kept, setKept] = useState(true);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [sending, setSending] = useState<Sending>({ is: 'waiting' });
  const form = useRef<HTMLFormElement>(null);
  const problems = sending.is === 'failed' ? fieldProblemsOf(sending.error) : new Map<string, string>();
  const change = (next: Partial<Draft>) => {
    const changed = { ...draft, ...next };
    setDraft(changed);
    setKept(writeDraft(deviceStorage(), changed));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSending({ is: 'sending', what: 'Sending the application…' });
    try {
      const reference = await sendApplication(draft);
      dropDraft(deviceStorage());
      keepReference(reference);
      const unsent: string[] = [];
      for (const [index, file] of files.entries()) {
        setSending({ is: 'sending', what: `Sending document ${index + 1} of ${files.length}…` });
        await sendDocument(reference, file).catch((error: unknown) => unsent.push(`${file.name}: ${messageOf(error)}`));
      }
      noteUnsent(unsent);
      await navigate({ to: '/accreditation/mine' });
    } catch (error) {
      setSending({ is: 'failed', error });
      if (form.current) focusFirstProblem(form.current, fieldProblemsOf(error));
    }
  };
  return (
    <div className="narrow accreditation">
      <PageHeading title="Apply for accreditation">Apply for accreditation</PageHeading>
      <p className="quiet">
        For people who want to observe the election and report what they see. Watching the cameras needs no accreditation.
      </p>
      <form ref={form} className="panel form" onSubmit={(event) => void submit(event)} data-testid="apply-form">
        {sending.is === 'failed' && <Failure error={sending.error} problems={problems} kept={kept} />}
        <FormField name="name" label="Full name" problem={problems.get('name')} required>
          {(field) => (
            <input
              {...field}
              autoComplete="name"
              maxLength={200}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          )}
        </FormField>
        <FormField
          name="email"
          label="E-mail"
          hint="You will sign in with it once you are accredited."
          problem={problems.get('email')}
          required
        >
          {(field) => (
            <input
              {...field}
              type="email"
              autoComplete="email"
              maxLength={254}
              value={draft.email}
              onChange={({ target }) => change({ email: target.value })}
            />
          )}
        </FormField>
        <FormField name="phone" label="Telephone" problem={problems.get('phone')}>
          {(field) => (
            <input
              {...field}
              type="tel"
              autoComplete="tel"
              maxLength={30}
              value={draft.phone}
              onChange={({ target }) => change({ phone: target.value })}
            />
          )}
        </FormField>
        <KindChoice kind={draft.kind} problem={problems.get('kind')} onChange={(kind) => change({ kind })} />
        <FormField
          name="organisation"
          label="Organisation"
          hint="Its full name, as all your observers write it."
          problem={problems.get('organisation')}
          required
        >
          {(field) => (
            <input
              {...field}
              autoComplete="organization"
              maxLength={200}
              value={draft.organisation}
              onChange={({ target }) => change({ organisation: target.value })}
            />
          )}
        </FormField>
        <RegionChoice
          legend="Where you wish to observe"
          hint="Choose none to observe wherever there is need."
          chosen={draft.regions}
          onChange={(regions) => change({ regions })}
        />
        <FormField name="statement" label="What the commission should know" problem={problems.get('statement')}>
          {(field) => (
            <textarea
              {...field}
              rows={4}
              maxLength={2000}
              value={draft.statement}
              onChange={({ target }) => change({ statement: target.value })}
            />
          )}
        </FormField>
        <DocumentChoice files={files} onChange={setFiles} />
        <p className="small quiet">
          Your name, e-mail and documents are seen by the commission only. Your organisation, where and how long you observe are
          shown to everybody who checks your badge.{' '}
          {kept ? 'What you type is kept in this browser until it is sent; documents are not.' : ''}
        </p>
        <button
          type="submit"
          className="button button-primary button-wide"
          disabled={sending.is === 'sending'}
          data-testid="apply"
        >
          {sending.is === 'sending' ? sending.what : 'Send the application'}
        </button>
        <p className="visually-hidden" role="status">
          {sending.is === 'sending' ? sending.what : ''}
        </p>
      </form>
    </div>
  );
};

/** @returns the reference; a repetition with the same draft gets the same one */
const sendApplication = async (draft: Draft): Promise<string> => {
  const { requestKey, kind, phone, statement, ...facts } = draft;
  if (kind === '') throw missing('kind', 'choose one');
  const body = { ...facts, email: facts.email.trim(), kind, phone: phone.trim() || null, statement: statement.trim() || null };
  const { reference } = await call(routes.applyForAccreditation, { body }, { idempotencyKey: requestKey });
  return reference;
};

const missing = (field: string, rule: string) =>
  new ApiError(422, 'request.invalid', `${field}: ${rule}`, null, [{ field, rule }]);

const Failure = ({ error, problems, kept }: { error: unknown; problems: ReadonlyMap<string, string>; kept: boolean }) => (
  <div className="notice notice-error" role="alert">
    <p className="notice-title">The application was not sent</p>
    {problems.size > 0 ? (
      <p>{problems.size === 1 ? 'One field needs' : `${problems.size} fields need`} another look; it says why below each.</p>
    ) : (
      <p>
        {messageOf(error)} {kept ? 'What you typed is kept; send it again when you can.' : ''}
      </p>
    )}
  </div>
);

interface KindProps {
  kind: ObserverKind | '';
  problem: string | undefined;
  onChange: (kind: ObserverKind) => void;
}

const KindChoice = ({ kind, problem, onChange }: KindProps) => (
  <fieldset className="form-row" aria-describedby={problem === undefined ? undefined : 'field-kind-problem'}>
    <legend>You observe for</legend>
    {OBSERVER_KINDS.map((each) => (
      <label key={each} className="tick">
        <input type="radio" name="kind" value={each} checked={kind === each} required onChange={() => onChange(each)} />
        {KIND_WORDS[each]}
      </label>
    ))}
    <Problem id="field-kind-problem" text={problem} />
  </fieldset>
);
