import type { Concern, QuestionSpec, ReportForm, ShownIf } from '@app/contracts';

/** A question as the standard forms define it: the same code means the same in every form. */
export interface StandardQuestion {
  code: string;
  spec: QuestionSpec;
  required: boolean;
  shownIf: ShownIf[];
  concern: Concern | null;
}

export interface StandardForm {
  form: ReportForm;
  version: number;
  sections: { code: string; questions: StandardQuestion[] }[];
}

type Extra = Partial<Pick<StandardQuestion, 'shownIf' | 'required'>>;

const question = (code: string, spec: QuestionSpec, concern: Concern | null, extra: Extra = {}): StandardQuestion => ({
  code,
  spec,
  required: true,
  shownIf: [],
  concern,
  ...extra,
});

/** It is bad when the answer is no; `incident` is the code of the taxonomy that a flag of it has. */
export const shouldBe = (code: string, incident: string, extra?: Extra) =>
  question(code, { type: 'yes-no' }, { in: ['no'], incident }, extra);
export const shouldNotBe = (code: string, incident: string, extra?: Extra) =>
  question(code, { type: 'yes-no' }, { in: ['yes'], incident }, extra);
export const fact = (code: string, extra?: Extra) => question(code, { type: 'yes-no' }, null, extra);
export const amount = (code: string, max: number, extra?: Extra) => question(code, { type: 'number', min: 0, max }, null, extra);
export const time = (code: string, extra?: Extra) => question(code, { type: 'time' }, null, extra);
export const choice = (code: string, options: string[], concern: Concern | null = null, extra?: Extra) =>
  question(code, { type: 'choice', options }, concern, extra);
export const text = (code: string, extra?: Extra) =>
  question(code, { type: 'text', maxLength: 2000 }, null, { required: false, ...extra });

export const when = (code: string, ...answers: string[]): Extra => ({ shownIf: [{ question: code, in: answers }] });
