import type { AccreditationImportResult, ImportProblem } from '@app/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useStepUp } from '../account/step-up';
import { ApiError, messageOf } from '../api/call';
import { importList } from './api';
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
        Import a list
      </button>
      <dialog ref={dialog} className="dialog panel" aria-labelledby="import-heading">
        <h2 id="import-heading">Accredit people by a list</h2>
        <p>
          A CSV in UTF-8 with the columns{' '}
          <span className="mono small">name, email, organisation, kind, valid_from, valid_to, reason</span>; and, if you like,{' '}
          <span className="mono small">phone, regions, stations</span>. If a single row is wrong, nothing is entered.
        </p>
        <label className="form-row">
          <span>List</span>
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
            Look it through
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={!file || send.isPending || !result?.dryRun}
            onClick={() => start(false)}
          >
            Accredit all
          </button>
          <button type="button" className="button button-quiet" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </p>
      </dialog>
      {stepUp.dialog}
    </>
  );
};

const Outcome = ({ result }: { result: AccreditationImportResult }) => {
  if (result.dryRun)
    return <p className="notice">The list is fine: {people(result.accreditations)}. Nothing has been entered yet.</p>;
  const url = `data:text/csv;charset=utf-8,${encodeURIComponent(peopleCsv(result.people))}`;
  return (
    <div className="notice">
      <p className="notice-title">{people(result.accreditations)} accredited</p>
      <p>Keep this file now and hand each person their reference: it is not shown again.</p>
      <a className="button" href={url} download="accreditation-references.csv">
        Save numbers and references
      </a>
    </div>
  );
};

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

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
      <p className="notice-title">
        Nothing was entered: {problems.length === 1 ? 'one cell is' : `${problems.length} cells are`} wrong
      </p>
      <ol className="import-problems">
        {problems.slice(0, SHOWN_PROBLEMS).map((problem) => (
          <li key={`${problem.line} ${problem.column} ${problem.code}`}>
            Line {problem.line}, column {problem.column}: {problem.message}
          </li>
        ))}
      </ol>
      {problems.length > SHOWN_PROBLEMS && <p>{problems.length - SHOWN_PROBLEMS} more.</p>}
    </div>
  );
};
