import { type IncidentDetail, routes } from '@app/contracts';
import { call, messageOf } from '../api/call';
import { momentIn } from '../time/format';
import { CaseForm, LongText } from './form-fields';
import { useCaseAction } from './use-case-action';
import { useDraft } from './use-draft';

const KINDS: Readonly<Record<IncidentDetail['addenda'][number]['kind'], string>> = {
  addendum: 'Added',
  question: 'Question',
  answer: 'Answer',
};

/** Text added later, and questions with their answers. What was written is never changed. */
export const CaseAddenda = ({ incident, mayAdd }: { incident: IncidentDetail; mayAdd: boolean }) => {
  const isAnswer = incident.actions.some(({ action }) => action === 'answer');
  const [text, setText] = useDraft(`${incident.id}.addendum`);
  const acting = useCaseAction(incident.id, () => setText(''));
  const send = () => acting.run(() => call(routes.addAddendum, { params: { id: incident.id }, body: { text } }));
  return (
    <section className="panel case-addenda" aria-labelledby="addenda-title">
      <h2 id="addenda-title">{isAnswer ? 'A question to you' : 'Notes'}</h2>
      <ol className="opinions">
        {incident.addenda.map((addendum) => (
          <li key={addendum.id} className="opinion" data-testid={`addendum-${addendum.kind}`}>
            <p className="small quiet">
              {KINDS[addendum.kind]}
              {addendum.author !== null && ` by ${addendum.author}`},{' '}
              {momentIn(Date.parse(addendum.at), incident.station.timezone)}
            </p>
            <p dir="auto">{addendum.text}</p>
          </li>
        ))}
      </ol>
      {mayAdd && (
        <CaseForm
          label={isAnswer ? 'Answer' : 'Add a note'}
          submit={isAnswer ? 'Answer' : 'Add'}
          isPending={acting.isPending}
          onSubmit={send}
          onCancel={() => setText('')}
        >
          <LongText
            label={isAnswer ? 'Your answer' : 'Note'}
            value={text}
            onChange={setText}
            hint="Stays as it is once it was sent."
            testId="addendum"
          />
        </CaseForm>
      )}
      {acting.dialog}
      {acting.error && (
        <p className="notice notice-error small" role="alert">
          {messageOf(acting.error)}
        </p>
      )}
    </section>
  );
};
