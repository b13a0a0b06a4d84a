import type { OwnApplication } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { momentIn, sizeText } from '../time/format';
import { t } from '../words';
import { AccountForm } from './account-form';
import { AnswerForm } from './answer-form';
import { ReferenceBox } from './reference-box';
import { scopeText, STATE_TONES } from './words';
import { DocumentAdder } from './document-adder';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const at = (instant: string) => momentIn(Date.parse(instant), ZONE);

interface Props {
  reference: string;
  application: OwnApplication;
  /** Documents that could not be sent, and why. */
  unsent: readonly string[];
  onChanged: (application: OwnApplication) => void;
  onDocument: () => void;
}

export const OwnApplicationView = ({ reference, application, unsent, onChanged, onDocument }: Props) => {
  const { state, questions, documents } = application;
  const open = state === 'submitted' || state === 'needs_info';
  return (
    <>
      <ReferenceBox reference={reference} />
      {unsent.length > 0 && (
        <div className="notice notice-error" role="alert">
          <p className="notice-title">{t('accreditation:own.notAllDocuments')}</p>
          <ul>
            {unsent.map((text) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <section className="panel facts-panel" aria-labelledby="standing">
        <h2 id="standing">{t('accreditation:own.standing')}</h2>
        <p>
          <span className={`badge badge-${STATE_TONES[state]}`} data-testid="own-state">
            {t(`accreditation:states.${state}`)}
          </span>
        </p>
        <dl className="facts">
          <Fact term={t('accreditation:facts.applied')}>{at(application.submittedAt)}</Fact>
          {open && (
            <Fact term={t('accreditation:facts.decidedBy')}>
              {application.overdue ? t('accreditation:own.late', { time: at(application.dueAt) }) : at(application.dueAt)}
            </Fact>
          )}
          {!open && application.reason !== null && <Fact term={t('accreditation:facts.reason')}>{application.reason}</Fact>}
          <Fact term={t('accreditation:facts.name')}>{application.name}</Fact>
          <Fact term={t('accreditation:facts.organisation')}>{application.organisation}</Fact>
          {application.number !== null && <Fact term={t('accreditation:facts.number')}>{application.number}</Fact>}
          {application.scope && <Fact term={t('accreditation:facts.where')}>{scopeText(application.scope)}</Fact>}
          {application.validFrom !== null && application.validTo !== null && (
            <Fact term={t('accreditation:facts.valid')}>
              {t('accreditation:facts.range', { from: at(application.validFrom), to: at(application.validTo) })}
            </Fact>
          )}
        </dl>
        {state === 'approved' && (
          <Link to="/accreditation/badge" className="button">
            {t('accreditation:own.badge')}
          </Link>
        )}
      </section>
      {state === 'approved' && <AccountForm reference={reference} application={application} onChanged={onChanged} />}
      {questions.length > 0 && (
        <section className="panel facts-panel" aria-labelledby="questions">
          <h2 id="questions">{t('accreditation:own.questions')}</h2>
          <ol className="questions">
            {questions.map((each) => (
              <li key={each.askedAt}>
                <p className="small quiet">{at(each.askedAt)}</p>
                <p dir="auto">{each.question}</p>
                {each.answer === null ? (
                  state === 'needs_info' && <AnswerForm reference={reference} onChanged={onChanged} />
                ) : (
                  <blockquote dir="auto">{each.answer}</blockquote>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className="panel facts-panel" aria-labelledby="own-documents">
        <h2 id="own-documents">{t('accreditation:documents.title')}</h2>
        {documents.length === 0 && <p className="quiet">{t('accreditation:documents.none')}</p>}
        <ul>
          {documents.map((document) => (
            <li key={document.id} dir="auto">
              {document.name} <span className="quiet small">{sizeText(document.bytes)}</span>
            </li>
          ))}
        </ul>
        {open && <DocumentAdder reference={reference} count={documents.length} onAdded={onDocument} />}
      </section>
    </>
  );
};

const Fact = ({ term, children }: { term: string; children: string | readonly string[] }) => (
  <div>
    <dt>{term}</dt>
    <dd dir="auto">{children}</dd>
  </div>
);
