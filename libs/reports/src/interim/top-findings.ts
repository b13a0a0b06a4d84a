import type { ReportForm, ReportTotals, TopFinding } from '@app/contracts';

const AT_MOST = 10;

/** Questions that were answered badly most often, by their share of all answers. Only of what is shown. */
export function topFindings(
  forms: readonly ReportTotals[],
  incidentOf: (form: ReportForm, code: string) => string | null,
): TopFinding[] {
  const findings = forms.flatMap(({ form, questions }) =>
    questions.flatMap(({ code, label, total }): TopFinding[] => {
      if (!total?.concerns || total.answered === 0) return [];
      const { concerns, answered, stations } = total;
      return [{ form, code, label, incident: incidentOf(form, code), concerns, answered, stations }];
    }),
  );
  const share = ({ concerns, answered }: TopFinding): number => concerns / answered;
  const order = ({ form, code }: TopFinding): string => `${form} ${code}`;
  return findings
    .sort((a, b) => share(b) - share(a) || b.concerns - a.concerns || (order(a) < order(b) ? -1 : 1))
    .slice(0, AT_MOST);
}
