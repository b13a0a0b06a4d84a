import type { AccreditationImportResult, ImportProblem } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useStepUp } from '../account/step-up';
import { ApiError, messageOf } from '../api/call';
import { t } from '../words';
import { Rich } from '../words/rich';
import { importList } from './api';
import { problemText } from './import-words';
import { peopleCsv } from './people-csv';

const SHOWN_PROBLEMS = 50;

/** A list of people whom the commission accredits at once: looked through first, then entered. */
export const ImportDialog = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const client = useQueryClient();
  const stepUp = useStepUp();
  const send = useMutation({
    mutationFn: ({ dryRun, list }: { dryRun: boolean; list: File }) => stepUp.run(() => importList(list, dryRun)),
    onSuccess: ({ dryRun }) => (dryRun ? undefined : client.invalidateQueries({ queryKey: ['accreditations'] })),
  });
  const start = (dryRun: boolean) => file && send.mutate({ dryRun, list: file });
  const result = send.data;
  return (
    <>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
        {t('accreditation:import.open')}
      </button>
      <dialog ref={dialog} className="dialog panel" aria-labelledby="import-heading">
        <h2 id="import-heading">{t('accreditation:import.title')}</h2>
        <p>
          <Rich text="accreditation:import.about" components={{ columns: <span className="mono small" /> }} />
        </p>
        <label className="form-row">
          <span>{t('accreditation:import.list')}</span>
          <input
            className="field file-field"
            type="file"
            accept=".csv,text/csv"
            onChange={({ target }) => {
              setFile(target.files?.[0] ?? null);
              send.reset();
            }}
          />
        </label>
        {send.isError && <Problems error={send.error} />}
        <div role="status">{result && <Outcome result={result} />}</div>
        <p className="buttons">
          <button type="button" className="button" disabled={!file || send.isPending} onClick={() => start(true)}>
            {t('accreditation:import.look')}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={!file || send.isPending || !result?.dryRun}
            onClick={() => start(false)}
          >
            {t('accreditation:import.enter')}
          </button>
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            {t('accreditation:import.close')}
          </button>
        </p>
      </dialog>
      {stepUp.dialog}
    </>
  );
};

const Outcome = ({ result }: { result: AccreditationImportResult }) => {
  if (result.dryRun) return <p className="notice">{t('accreditation:import.fine', { count: result.accreditations })}</p>;
  const url = `data:text/csv;charset=utf-8,${encodeURIComponent(peopleCsv(result.people))}`;
  return (
    <div className="notice">
      <p className="notice-title">{t('accreditation:import.done', { count: result.accreditations })}</p>
      <p>{t('accreditation:import.keep')}</p>
      <a className="button" href={url} download="accreditation-references.csv">
        {t('accreditation:import.save')}
      </a>
    </div>
  );
};

const Problems = ({ error }: { error: unknown }) => {
  const problems = error instanceof ApiError && error.code === 'import.invalid' ? (error.details as ImportProblem[]) : [];
  if (problems.length === 0)
    return (
      <p className="notice notice-error" role="alert">
        {messageOf(error)}
      </p>
    );
  return (
    <div className="notice notice-error" role="alert">
      <p className="notice-title">{t('accreditation:import.nothing', { count: problems.length })}</p>
      {/* A long list: whoever uses a keyboard scrolls it by focusing it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol className="import-problems" tabIndex={0} aria-label={t('accreditation:import.problems')}>
        {problems.slice(0, SHOWN_PROBLEMS).map((problem) => (
          <li key={`${problem.line} ${problem.column} ${problem.code}`}>
            {t('accreditation:import.cell', { line: problem.line, column: problem.column, problem: problemText(problem) })}
          </li>
        ))}
      </ol>
      {problems.length > SHOWN_PROBLEMS && (
        <p>{t('accreditation:import.morePlaces', { count: problems.length - SHOWN_PROBLEMS })}</p>
      )}
    </div>
  );
};
