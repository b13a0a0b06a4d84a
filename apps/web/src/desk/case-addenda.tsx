import { type IncidentDetail, routes } from '@app/contracts';
import { call, messageOf } from '../api/call';
import { momentIn } from '../time/format';
import { t } from '../words';
import { CaseForm, LongText } from './form-fields';
import { useCaseAction } from './use-case-action';
import { useDraft } from './use-draft';

/** Text added later, and questions with their answers. What was written is never changed. */
export const CaseAddenda = ({ incident, mayAdd }: { incident: IncidentDetail; mayAdd: boolean }) => {
  const isAnswer = incident.actions.some(({ action }) => action === 'answer');
  const [text, setText] = useDraft(`${incident.id}.addendum`);
  const acting = useCaseAction(incident.id, () => setText(''));
  const send = () =>
    acting.run(async () => {
      await call(routes.addAddendum, { params: { id: incident.id }, body: { text } });
      return undefined;
    });
  return (
    <section className="panel case-addenda" aria-labelledby="addenda-title">
      <h2 id="addenda-title">{t(isAnswer ? 'desk:addenda.headingAsked' : 'desk:addenda.heading')}</h2>
      <ol className="opinions">
        {incident.addenda.map((addendum) => (
          <li key={addendum.id} className="opinion" data-testid={`addendum-${addendum.kind}`}>
            <p className="small quiet">{writtenBy(addendum, incident.station.timezone)}</p>
            <p dir="auto">{addendum.text}</p>
          </li>
        ))}
      </ol>
      {mayAdd && (
        <CaseForm
          label={t(isAnswer ? 'desk:addenda.answer' : 'desk:addenda.addNote')}
          submit={t(isAnswer ? 'desk:addenda.answer' : 'desk:addenda.add')}
          isPending={acting.isPending}
          onSubmit={send}
          onCancel={() => setText('')}
        >
          <LongText
            label={t(isAnswer ? 'desk:addenda.yourAnswer' : 'terms:labels.note')}
            value={text}
            onChange={setText}
            hint={t('desk:addenda.hint')}
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

const writtenBy = ({ kind, author, at }: IncidentDetail['addenda'][number], timezone: string): string => {
  const time = momentIn(Date.parse(at), timezone);
  return author === null ? t(`desk:addenda.unnamed.${kind}`, { time }) : t(`desk:addenda.by.${kind}`, { author, time });
};
