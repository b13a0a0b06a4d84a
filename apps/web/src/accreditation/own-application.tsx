import type { OwnApplication } from '@app/contracts';
import { Link } from '@tanstack/react-router';
import { momentIn, sizeText } from '../time/format';
import { AccountForm } from './account-form';
import { AnswerForm } from './answer-form';
import { ReferenceBox } from './reference-box';
import { scopeText, STATE_TONES, STATE_WORDS } from './words';
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
          <p className="notice-title">Your application is in, but not all documents</p>
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
        <h2 id="standing">How it stands</h2>
        <p>
          <span className={`badge badge-${STATE_TONES[state]}`} data-testid="own-state">
            {STATE_WORDS[state]}
          </span>
        </p>
        <dl className="facts">
          <Fact term="Applied">{at(application.submittedAt)}</Fact>
          {open && (
            <Fact term="Decided by">
              {application.overdue ? `${at(application.dueAt)}: the commission is late` : at(application.dueAt)}
            </Fact>
          )}
          {!open && application.reason !== null && <Fact term="Reason">{application.reason}</Fact>}
          <Fact term="Name">{application.name}</Fact>
          <Fact term="Organisation">{application.organisation}</Fact>
          {application.number !== null && <Fact term="Number">{application.number}</Fact>}
          {application.scope && <Fact term="Where">{scopeText(application.scope)}</Fact>}
          {application.validFrom !== null && application.validTo !== null && (
            <Fact term="Valid">
              {at(application.validFrom)} to {at(application.validTo)}
            </Fact>
          )}
        </dl>
        {state === 'approved' && (
          <Link to="/accreditation/badge" className="button">
            Show and print my badge
          </Link>
        )}
      </section>
      {state === 'approved' && <AccountForm reference={reference} application={application} onChanged={onChanged} />}
      {questions.length > 0 && (
        <section className="panel facts-panel" aria-labelledby="questions">
          <h2 id="questions">Questions of the commission</h2>
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
        <h2 id="own-documents">Documents</h2>
        {documents.length === 0 && <p className="quiet">None were sent.</p>}
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
