import { NOT_OBSERVED, type ReportQuestion } from '@app/contracts';
import { useId } from 'react';
import { t } from '../words';

type Answer = string | number;

interface Props {
  question: ReportQuestion;
  answer: Answer | undefined;
  problem: string | null;
  onAnswer: (answer: Answer | null) => void;
}

/** One question of a form, to be answered with a thumb. */
export const QuestionField = ({ question, answer, problem, onAnswer }: Props) => {
  const { spec, code } = question;
  const id = useId();
  const described = problem === null ? {} : { 'aria-describedby': `${id}-problem` };
  return (
    <fieldset className="question" data-question={code} {...described}>
      <legend lang={question.lang} id={`${id}-legend`}>
        {question.label}
        {!question.required && <span className="quiet small"> {t('reports:fill.optional')}</span>}
      </legend>
      {spec.type === 'yes-no' && <Buttons name={id} options={yesNo()} answer={answer} onAnswer={onAnswer} />}
      {spec.type === 'choice' && (
        <Buttons
          name={id}
          options={[...question.options.map((option) => [option.code, option.label] as const), [NOT_OBSERVED, notObserved()]]}
          answer={answer}
          onAnswer={onAnswer}
        />
      )}
      {spec.type === 'text' && (
        <textarea
          className="field"
          rows={3}
          dir="auto"
          maxLength={spec.maxLength}
          aria-labelledby={`${id}-legend`}
          value={String(answer ?? '')}
          onChange={({ target }) => onAnswer(target.value.trim() === '' ? null : target.value)}
        />
      )}
      {(spec.type === 'number' || spec.type === 'time') && (
        <Typed id={id} question={question} answer={answer} onAnswer={onAnswer} />
      )}
      {problem !== null && (
        <p className="problem small" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </fieldset>
  );
};

const notObserved = () => t('reports:fill.notObserved');
const yesNo = () =>
  [
    ['yes', t('reports:fill.yes')],
    ['no', t('reports:fill.no')],
    [NOT_OBSERVED, notObserved()],
  ] as const;

interface ButtonsProps extends Pick<Props, 'answer' | 'onAnswer'> {
  name: string;
  options: readonly (readonly [string, string])[];
}

const Buttons = ({ name, options, answer, onAnswer }: ButtonsProps) => (
  <div className={options.length === 3 ? 'answers answers-three' : 'answers'}>
    {options.map(([value, label]) => (
      <label key={value} className="answer">
        <input type="radio" name={name} value={value} checked={answer === value} onChange={() => onAnswer(value)} />
        <span>{label}</span>
      </label>
    ))}
  </div>
);

const Typed = ({ id, question, answer, onAnswer }: Omit<Props, 'problem'> & { id: string }) => {
  const { spec } = question;
  const typed = answer === NOT_OBSERVED ? '' : String(answer ?? '');
  const onText = (text: string): void => {
    if (text === '') return onAnswer(null);
    onAnswer(spec.type === 'number' ? Number(text) : text);
  };
  return (
    <div className="answers answers-typed">
      <input
        className="field"
        type={spec.type === 'number' ? 'number' : 'time'}
        {...(spec.type === 'number' && { inputMode: 'numeric', min: spec.min, max: spec.max, step: 1 })}
        aria-labelledby={`${id}-legend`}
        value={typed}
        onChange={({ target }) => onText(target.value)}
      />
      <label className="answer">
        <input
          type="checkbox"
          checked={answer === NOT_OBSERVED}
          onChange={({ target }) => onAnswer(target.checked ? NOT_OBSERVED : null)}
        />
        <span>{notObserved()}</span>
      </label>
    </div>
  );
};
