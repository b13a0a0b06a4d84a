import type { QuestionTotals, ReportTotals, TotalsCell } from '@app/contracts';
import { t } from '../words';

interface Props {
  question: QuestionTotals;
  regions: ReportTotals['regions'];
  minStations: number;
}

/** A question: a bar for each answer, and the same as a table with every region. */
export const QuestionTotalsView = ({ question, regions, minStations }: Props) => (
  <article className="totals-question" data-testid={`totals-${question.code}`}>
    <h3 lang={question.lang}>{question.label}</h3>
    {question.total === null ? (
      <p className="quiet">{t('reports:totals.few', { count: minStations })}</p>
    ) : (
      <>
        <Bars question={question} cell={question.total} />
        <details>
          <summary>{t('reports:totals.byRegion')}</summary>
          <RegionTable question={question} regions={regions} total={question.total} minStations={minStations} />
        </details>
      </>
    )}
  </article>
);

export const valueLabel = ({ options }: Pick<QuestionTotals, 'options'>, value: string): string => {
  if (value === 'yes') return t('reports:fill.yes');
  if (value === 'no') return t('reports:fill.no');
  return options.find(({ code }) => code === value)?.label ?? value;
};

/** Drawn for the eye alone: the words beside each bar and the table say the same. */
const Bars = ({ question, cell }: { question: QuestionTotals; cell: TotalsCell }) => {
  const rows = [
    ...cell.values.map(({ value, count }) => ({ key: value, label: valueLabel(question, value), count, quiet: false })),
    ...(question.type === 'text' || cell.values.length === 0
      ? [{ key: 'answered', label: t('reports:totals.answered'), count: cell.answered, quiet: false }]
      : []),
    ...(question.type === 'text'
      ? []
      : [{ key: 'not-observed', label: t('reports:fill.notObserved'), count: cell.notObserved, quiet: true }]),
  ];
  const all = Math.max(1, cell.answered + cell.notObserved);
  return (
    <>
      <ul className="bars">
        {rows.map(({ key, label, count, quiet }) => (
          <li key={key} className="bar">
            <span className="bar-label">{label}</span>
            <svg className="bar-line" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect className="bar-ground" width="100" height="10" />
              <rect className={quiet ? 'bar-quiet' : 'bar-fill'} width={(count / all) * 100} height="10" />
            </svg>
            <span className="bar-count">{count}</span>
          </li>
        ))}
      </ul>
      {cell.median !== null && (
        <p className="small">
          {cell.sum === null
            ? t('reports:totals.median', { median: cell.median })
            : t('reports:totals.medianSum', { median: cell.median, sum: cell.sum })}
        </p>
      )}
    </>
  );
};

const RegionTable = ({ question, regions, total, minStations }: Props & { total: TotalsCell }) => {
  const cells: [string, string, TotalsCell | null][] = [
    ['all', t('reports:totals.all'), total],
    ...regions.map(({ id, name }): [string, string, TotalsCell | null] => [
      id,
      name,
      question.regions.find(({ regionId }) => regionId === id)?.cell ?? null,
    ]),
  ];
  const values = total.values.map(({ value }) => value);
  return (
    // Wide tables scroll by themselves, also with the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="table-scroll" tabIndex={0} role="region" aria-label={question.label}>
      <table className="totals-table">
        <thead>
          <tr>
            <th scope="col">{t('reports:totals.region')}</th>
            <th scope="col">{t('reports:totals.stations')}</th>
            {values.map((value) => (
              <th key={value} scope="col">
                {valueLabel(question, value)}
              </th>
            ))}
            <th scope="col">{t('reports:totals.answered')}</th>
            <th scope="col">{t('reports:fill.notObserved')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(([id, name, cell]) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {cell === null ? (
                <td colSpan={values.length + 3} className="quiet">
                  {t('reports:totals.few', { count: minStations })}
                </td>
              ) : (
                <>
                  <td>{cell.stations}</td>
                  {cell.values.map(({ value, count }) => (
                    <td key={value}>{count}</td>
                  ))}
                  <td>{cell.answered}</td>
                  <td>{cell.notObserved}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
