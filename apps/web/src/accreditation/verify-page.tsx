import type { AccreditationCheck } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { momentIn } from '../time/format';
import { t } from '../words';
import { checkQuery } from './api';
import { CheckForm } from './check-form';
import { CHECK_TONES, scopeText } from './words';
import '../styles/accreditation.css';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const at = (instant: string) => momentIn(Date.parse(instant), ZONE);

/** What the QR code of a badge opens: whether it is valid, for anybody at the door. */
export const VerifyPage = () => {
  const { number } = useParams({ from: '/verify/$number' });
  const check = useQuery(checkQuery(number));
  return (
    <div className="narrow accreditation">
      <PageHeading title={t('accreditation:verify.windowTitle', { number })}>{t('accreditation:verify.title')}</PageHeading>
      {check.isPending && <Skeleton label={t('accreditation:verify.checking')} className="skeleton-row" />}
      {check.isError && !check.data && (
        <ErrorNotice title={t('accreditation:verify.notChecked')} error={check.error} onRetry={() => void check.refetch()} />
      )}
      {check.data && <Result check={check.data} />}
      <section className="panel facts-panel" aria-labelledby="another">
        <h2 id="another">{t('accreditation:verify.another')}</h2>
        <CheckForm />
      </section>
    </div>
  );
};

const Result = ({ check }: { check: AccreditationCheck }) => {
  return (
    <section
      className={`panel check-result badge-${CHECK_TONES[check.result]}`}
      aria-labelledby="result"
      data-testid="check-result"
      data-result={check.result}
    >
      <p className="mono check-number">{check.number}</p>
      <h2 id="result" className="check-title">
        <CheckMark good={check.valid} />
        {t(`accreditation:results.${check.result}.title`)}
      </h2>
      <p>{t(`accreditation:results.${check.result}.text`)}</p>
      {check.organisation !== null && check.kind !== null && check.scope && (
        <dl className="facts">
          <div>
            <dt>{t('accreditation:facts.organisation')}</dt>
            <dd dir="auto">{check.organisation}</dd>
          </div>
          <div>
            <dt>{t('accreditation:facts.observesFor')}</dt>
            <dd>{t(`terms:observerKinds.${check.kind}`)}</dd>
          </div>
          <div>
            <dt>{t('accreditation:facts.election')}</dt>
            <dd dir="auto">{check.election}</dd>
          </div>
          <div>
            <dt>{t('accreditation:facts.where')}</dt>
            <dd dir="auto">{scopeText(check.scope)}</dd>
          </div>
          {check.validFrom !== null && check.validTo !== null && (
            <div>
              <dt>{t('accreditation:facts.fromTo')}</dt>
              <dd>
                {at(check.validFrom)}
                <br />
                {at(check.validTo)}
              </dd>
            </div>
          )}
        </dl>
      )}
      <p className="small">{t('accreditation:verify.checkedAt', { time: at(check.checkedAt) })}</p>
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
