import { answerProblems, NOT_OBSERVED, type ReportFormDefinition, shownQuestions } from '@app/contracts';
import { serverClock } from '../api/server-clock';
import { t } from '../words';
import { finished, questionsOf, reopened, type ReportEntry } from './report-entry';
import type { ReportSender } from './report-sender';

interface Props {
  entry: ReportEntry;
  definition: ReportFormDefinition;
  sender: ReportSender;
  onSection: (section: number) => void;
}

/** What is still missing, and sending. */
export const LastStep = ({ entry, definition, sender, onSection }: Props) => {
  const questions = questionsOf(definition);
  const broken = new Set(answerProblems(questions, entry.answers).map(({ field }) => field.replace(/^answers\./, '')));
  const missing = shownQuestions(questions, entry.answers).filter(({ code }) => broken.has(code));
  const unanswered = missing.filter(({ code, spec }) => entry.answers[code] === undefined && spec.type !== 'text');
  const { correction, delivery } = entry;
  const needsReason = correction !== null && correction.reason.trim().length < 3;
  const sectionOf = (code: string): number =>
    definition.sections.findIndex((known) => known.questions.some((q) => q.code === code));
  const markAll = (): void =>
    void sender.change(entry.key, (current) => ({
      ...reopened(current),
      answers: { ...current.answers, ...Object.fromEntries(unanswered.map(({ code }) => [code, NOT_OBSERVED])) },
    }));
  return (
    <div className="last-step">
      {delivery.kind === 'refused' && (
        <div className="notice notice-error" role="alert">
          <p className="notice-title">{t('reports:fill.refused')}</p>
          <p>{delivery.message}</p>
        </div>
      )}
      {missing.length > 0 ? (
        <>
          <p>{t('reports:fill.missing', { count: missing.length })}</p>
          <ul className="missing">
            {missing.map(({ code, label, lang }) => (
              <li key={code}>
                <button
                  type="button"
                  className="button button-wide missing-one"
                  lang={lang}
                  onClick={() => onSection(sectionOf(code))}
                >
                  {label}
                </button>
              </li>
            ))}
          </ul>
          {unanswered.length > 0 && (
            <button type="button" className="button" onClick={markAll}>
              {t('reports:fill.markAll', { count: unanswered.length })}
            </button>
          )}
        </>
      ) : (
        <p>{t('reports:fill.whole')}</p>
      )}
      {correction && (
        <label className="form-field">
          <span>{t('reports:fill.reason')}</span>
          <textarea
            className="field"
            rows={3}
            dir="auto"
            maxLength={1000}
            value={correction.reason}
            onChange={({ target }) =>
              void sender.change(entry.key, (now) => ({ ...now, correction: { ...correction, reason: target.value } }))
            }
          />
        </label>
      )}
      <button
        type="button"
        className="button button-primary button-wide"
        disabled={missing.length > 0 || needsReason}
        onClick={() => void sender.change(entry.key, (current) => finished(current, serverClock.now()))}
      >
        {t('reports:fill.send')}
      </button>
    </div>
  );
};
