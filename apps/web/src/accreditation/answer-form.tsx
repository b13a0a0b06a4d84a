import type { OwnApplication } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { messageOf } from '../api/call';
import { t } from '../words';
import { answerQuestion } from './api';

export const AnswerForm = ({ reference, onChanged }: { reference: string; onChanged: (application: OwnApplication) => void }) => {
  const answer = useMutation({ mutationFn: (text: string) => answerQuestion(reference, text), onSuccess: onChanged });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('answer');
    if (typeof typed === 'string') answer.mutate(typed);
  };
  return (
    <form className="form" onSubmit={submit}>
      <label className="form-row">
        <span>{t('accreditation:answer.label')}</span>
        <textarea className="field" name="answer" rows={4} maxLength={2000} required data-testid="answer" />
      </label>
      {answer.isError && (
        <p className="notice notice-error" role="alert">
          {messageOf(answer.error)}
        </p>
      )}
      <button type="submit" className="button button-primary" disabled={answer.isPending}>
        {t(answer.isPending ? 'accreditation:sending' : 'accreditation:answer.send')}
      </button>
    </form>
  );
};
