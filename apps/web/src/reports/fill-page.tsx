import { answerProblems, type ReportFormDefinition, shownQuestions } from '@app/contracts';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { serverClock } from '../api/server-clock';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { dictionary, t } from '../words';
import { LastStep } from './last-step';
import { QuestionField } from './question-field';
import { useForms } from './queries';
import { answered, questionsOf, reopened, type ReportEntry } from './report-entry';
import { problemWords } from './problem-words';
import { type Reporter, ReportersOnly } from './reporters-only';
import { SentNotice } from './sent-notice';
import { senderFor, useReports } from './use-reports';

export const FillPage = () => <ReportersOnly title={t('reports:fill.title')}>{(user) => <Fill user={user} />}</ReportersOnly>;

const Fill = ({ user }: { user: Reporter }) => {
  const { key } = useParams({ from: '/m/reports/$key' });
  const entry = useReports(user.id).find((known) => known.key === key);
  const forms = useForms(dictionary.language);
  const definition = forms.data?.find(({ form }) => form === entry?.form);
  if (!senderFor(user.id).ready || (entry && forms.isPending))
    return (
      <div className="narrow">
        <Skeleton label={t('shell:loading')} count={4} className="skeleton-line" />
      </div>
    );
  if (!entry || !definition)
    return (
      <div className="narrow">
        <PageHeading title={t('reports:fill.title')}>{t('reports:fill.title')}</PageHeading>
        {forms.isError ? (
          <ErrorNotice title={t('reports:fill.noForms')} error={forms.error} onRetry={() => void forms.refetch()} />
        ) : (
          <EmptyNotice title={t('reports:fill.gone')}>
            <Link to="/m/reports" className="button">
              {t('reports:fill.toMine')}
            </Link>
          </EmptyNotice>
        )}
      </div>
    );
  return <Sections user={user} entry={entry} definition={definition} />;
};

interface Props {
  user: Reporter;
  entry: ReportEntry;
  definition: ReportFormDefinition;
}

/** One section at a time; each answer is kept on this device at once. */
const Sections = ({ user, entry, definition }: Props) => {
  const sender = senderFor(user.id);
  const questions = questionsOf(definition);
  const { sections } = definition;
  const at = Math.min(entry.section, sections.length);
  const [asked, setAsked] = useState(-1);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else heading.current?.focus();
  }, [at]);
  const go = (section: number): void => {
    setAsked(Math.max(asked, at));
    void sender.change(entry.key, (current) => ({ ...current, section }));
    window.scrollTo(0, 0);
  };
  const problems = new Map(answerProblems(questions, entry.answers).map(({ field, rule }) => [field, rule]));
  const shown = new Set(shownQuestions(questions, entry.answers).map(({ code }) => code));
  const section = sections[at];
  const title = t(`reports:forms.${entry.form}`);
  if (entry.delivery.kind === 'waiting' || entry.delivery.kind === 'received') return <SentNotice entry={entry} />;
  const change = (code: string, answer: string | number | null): void =>
    void sender.change(entry.key, (current) => answered(reopened(current), questions, code, answer, serverClock.now()));
  return (
    <div className="narrow reports">
      <PageHeading title={title}>
        {title} <span className="quiet">{entry.station.code}</span>
      </PageHeading>
      <p className="quiet small">{t('reports:fill.keptHere')}</p>
      <progress className="progress" max={sections.length + 1} value={at + 1} aria-hidden="true" />
      <h2 ref={heading} tabIndex={-1} className="section-head">
        <span className="quiet small">{t('reports:fill.step', { step: at + 1, steps: sections.length + 1 })}</span>
        {section?.label ?? t('reports:fill.last')}
      </h2>
      {section ? (
        section.questions
          .filter(({ code }) => shown.has(code))
          .map((question) => {
            const rule = problems.get(`answers.${question.code}`);
            const isTold = rule !== undefined && (entry.answers[question.code] !== undefined || asked >= at);
            return (
              <QuestionField
                key={question.code}
                question={question}
                answer={entry.answers[question.code]}
                problem={isTold ? problemWords(question) : null}
                onAnswer={(answer) => change(question.code, answer)}
              />
            );
          })
      ) : (
        <LastStep entry={entry} definition={definition} sender={sender} onSection={go} />
      )}
      <div className="fill-steps">
        {at > 0 && (
          <button type="button" className="button" onClick={() => go(at - 1)}>
            {t('reports:fill.back')}
          </button>
        )}
        {section && (
          <button type="button" className="button button-primary" onClick={() => go(at + 1)}>
            {t('reports:fill.next')}
          </button>
        )}
      </div>
    </div>
  );
};
