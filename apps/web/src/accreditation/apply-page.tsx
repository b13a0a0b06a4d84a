import { routes, type ObserverKind } from '@app/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import { ApiError, call, messageOf } from '../api/call';
import { newKey } from '../flags/new-key';
import { PageHeading } from '../shell/page-heading';
import { t } from '../words';
import { sendDocument } from './api';
import { DocumentChoice } from './document-choice';
import { documentRefusal } from './document-words';
import { deviceStorage, type Draft, dropDraft, readDraft, writeDraft } from './draft';
import { fieldProblemsOf } from './field-problems';
import { focusFirstProblem, FormField, Problem } from './form-field';
import { keepReference, noteUnsent } from './own-reference';
import { RegionChoice } from './region-choice';
import { kindChoices } from './words';
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
    setSending({ is: 'sending', what: t('accreditation:form.sending') });
    try {
      const reference = await sendApplication(draft);
      dropDraft(deviceStorage());
      keepReference(reference);
      const unsent: string[] = [];
      for (const [index, file] of files.entries()) {
        setSending({ is: 'sending', what: t('accreditation:form.sendingDocument', { number: index + 1, count: files.length }) });
        await sendDocument(reference, file).catch((error: unknown) =>
          unsent.push(t('accreditation:form.notSentDocument', { name: file.name, reason: documentRefusal(error) })),
        );
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
      <PageHeading title={t('accreditation:form.title')}>{t('accreditation:form.title')}</PageHeading>
      <p className="quiet">{t('accreditation:form.about')}</p>
      <form ref={form} className="panel form" onSubmit={(event) => void submit(event)} data-testid="apply-form">
        {sending.is === 'failed' && <Failure error={sending.error} problems={problems} kept={kept} />}
        <FormField name="name" label={t('accreditation:form.name')} problem={problems.get('name')} required>
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
          label={t('accreditation:form.email')}
          hint={t('accreditation:form.emailHint')}
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
        <FormField name="phone" label={t('accreditation:form.phone')} problem={problems.get('phone')}>
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
          label={t('accreditation:form.organisation')}
          hint={t('accreditation:form.organisationHint')}
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
          legend={t('accreditation:form.regions')}
          hint={t('accreditation:form.regionsHint')}
          chosen={draft.regions}
          onChange={(regions) => change({ regions })}
        />
        <FormField name="statement" label={t('accreditation:form.statement')} problem={problems.get('statement')}>
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
          {t('accreditation:form.privacy')} {kept ? t('accreditation:form.keptHere') : ''}
        </p>
        <button
          type="submit"
          className="button button-primary button-wide"
          disabled={sending.is === 'sending'}
          data-testid="apply"
        >
          {sending.is === 'sending' ? sending.what : t('accreditation:form.send')}
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
    <p className="notice-title">{t('accreditation:form.notSent')}</p>
    {problems.size > 0 ? (
      <p>{t('accreditation:form.fieldsWrong', { count: problems.size })}</p>
    ) : (
      <p>
        {messageOf(error)} {kept ? t('accreditation:form.kept') : ''}
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
    <legend>{t('accreditation:form.kind')}</legend>
    {kindChoices().map(([each, words]) => (
      <label key={each} className="tick">
        <input type="radio" name="kind" value={each} checked={kind === each} required onChange={() => onChange(each)} />
        {words}
      </label>
    ))}
    <Problem id="field-kind-problem" text={problem} />
  </fieldset>
);
