import { REPORT_FORMS, type ReportForm, type ReportTotals, routes } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { StaffOnly } from '../account/staff-only';
import { urlOf } from '../api/call';
import { EmptyNotice, ErrorNotice, Skeleton } from '../shell/notices';
import { PageHeading } from '../shell/page-heading';
import { dictionary, t } from '../words';
import { totalsQuery } from './queries';
import { QuestionTotalsView } from './question-totals';
import '../styles/reports.css';

const READ = ['report.read', 'report.fill'] as const;

/** What the forms of all observers say together, by question and region. */
export const TotalsPage = () => (
  <StaffOnly anyOf={READ} title={t('reports:totals.title')}>
    {() => <Totals />}
  </StaffOnly>
);

const Totals = () => {
  const { form = 'opening' } = useSearch({ from: '/c/reports' });
  const navigate = useNavigate();
  const totals = useQuery(totalsQuery(form, dictionary.language));
  const choose = (chosen: ReportForm): void => void navigate({ to: '/c/reports', search: { form: chosen } });
  return (
    <div className="page reports-totals">
      <PageHeading title={t('reports:totals.title')}>{t('reports:totals.title')}</PageHeading>
      <Downloads />
      <div className="totals-forms" role="group" aria-label={t('reports:totals.form')}>
        {REPORT_FORMS.map((each) => (
          <button key={each} type="button" className="button" aria-pressed={each === form} onClick={() => choose(each)}>
            {t(`reports:forms.${each}`)}
          </button>
        ))}
      </div>
      {totals.isPending && <Skeleton label={t('shell:loading')} count={4} className="skeleton-line" />}
      {totals.isError && !totals.data && (
        <ErrorNotice title={t('reports:totals.unknown')} error={totals.error} onRetry={() => void totals.refetch()} />
      )}
      {totals.data && <FormTotals totals={totals.data} />}
    </div>
  );
};

const Downloads = () => {
  const lang = dictionary.language;
  const pdf = (language: 'en' | 'ru'): string => urlOf(routes.interimReportPdf, { query: { lang: language } });
  return (
    <p className="report-actions" aria-label={t('reports:totals.interim')} role="group">
      <a className="button" href={pdf('en')} download lang="en">
        {t('reports:totals.pdfEnglish')}
      </a>
      <a className="button" href={pdf('ru')} download lang="ru">
        {t('reports:totals.pdfRussian')}
      </a>
      <a className="button" href={urlOf(routes.interimReportCsv, { query: { lang } })} download>
        {t('reports:totals.csv')}
      </a>
      <a className="button" href={urlOf(routes.interimReport, { query: { lang } })} download="interim-report.json">
        {t('reports:totals.json')}
      </a>
    </p>
  );
};

const FormTotals = ({ totals }: { totals: ReportTotals }) => {
  const { observations, stations, minStations, audience, sections, questions, regions } = totals;
  return (
    <>
      <p className="quiet" data-testid="totals-received">
        {observations === null || stations === null
          ? t('reports:totals.few', { count: minStations })
          : t('reports:totals.received', { observations, stations })}{' '}
        {audience === 'outside' ? t('reports:totals.outside', { count: minStations }) : t('reports:totals.mission')}
      </p>
      {observations === 0 && <EmptyNotice title={t('reports:totals.none')} />}
      {observations !== 0 &&
        sections.map((section) => (
          <section key={section.code} className="totals-section">
            <h2>{section.label}</h2>
            {questions
              .filter((question) => question.section === section.code)
              .map((question) => (
                <QuestionTotalsView key={question.code} question={question} regions={regions} minStations={minStations} />
              ))}
          </section>
        ))}
    </>
  );
};
