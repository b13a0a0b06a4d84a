import type { AccreditationCheck } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn } from '../time/format';
import { checkQuery } from './api';
import { CheckForm } from './check-form';
import { CHECK_WORDS, KIND_WORDS, scopeText } from './words';
import '../styles/accreditation.css';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const at = (instant: string) => momentIn(Date.parse(instant), ZONE);

/** What the QR code of a badge opens: whether it is valid, for anybody at the door. */
export const VerifyPage = () => {
  const { number } = useParams({ from: '/verify/$number' });
  const check = useQuery(checkQuery(number));
  return (
    <div className="narrow accreditation">
      <PageHeading title={`Accreditation ${number}`}>Check of an accreditation</PageHeading>
      {check.isPending && <Skeleton label="Checking the number" className="skeleton-row" />}
      {check.isError && !check.data && (
        <ErrorNotice title="The number could not be checked" error={check.error} onRetry={() => void check.refetch()} />
      )}
      {check.data && <Result check={check.data} />}
      <section className="panel facts-panel" aria-labelledby="another">
        <h2 id="another">Check another number</h2>
        <CheckForm />
      </section>
    </div>
  );
};

const Result = ({ check }: { check: AccreditationCheck }) => {
  const { title, text, tone } = CHECK_WORDS[check.result];
  return (
    <section
      className={`panel check-result badge-${tone}`}
      aria-labelledby="result"
      data-testid="check-result"
      data-result={check.result}
    >
      <p className="mono check-number">{check.number}</p>
      <h2 id="result" className="check-title">
        <CheckMark good={check.valid} />
        {title}
      </h2>
      <p>{text}</p>
      {check.organisation !== null && check.kind !== null && check.scope && (
        <dl className="facts">
          <div>
            <dt>Organisation</dt>
            <dd dir="auto">{check.organisation}</dd>
          </div>
          <div>
            <dt>Observes for</dt>
            <dd>{KIND_WORDS[check.kind]}</dd>
          </div>
          <div>
            <dt>Election</dt>
            <dd dir="auto">{check.election}</dd>
          </div>
          <div>
            <dt>Where</dt>
            <dd dir="auto">{scopeText(check.scope)}</dd>
          </div>
          {check.validFrom !== null && check.validTo !== null && (
            <div>
              <dt>From, to</dt>
              <dd>
                {at(check.validFrom)}
                <br />
                {at(check.validTo)}
              </dd>
            </div>
          )}
        </dl>
      )}
      <p className="small">Checked {at(check.checkedAt)}. The name is on the badge; compare it with a document of the person.</p>
    </section>
  );
};

const CheckMark = ({ good }: { good: boolean }) => (
  <svg viewBox="0 0 24 24" className="check-mark" aria-hidden="true">
    <circle cx="12" cy="12" r="11" fill="currentColor" />
    <path
      d={good ? 'm7 12.5 3.5 3.5 6.5-7.5' : 'm8 8 8 8m0-8-8 8'}
      fill="none"
      stroke="var(--surface)"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
  </svg>
);
