import { DOCUMENT_TYPES, MAX_DOCUMENTS } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import { messageOf } from '../api/call';
import { sendDocument } from './api';
import { problemOf } from './document-choice';

interface Props {
  reference: string;
  count: number;
  onAdded: () => void;
}

/** Sends a document as soon as it is chosen. */
export const DocumentAdder = ({ reference, count, onAdded }: Props) => {
  const send = useMutation({
    mutationFn: async (file: File) => {
      const problem = problemOf([file]);
      if (problem !== undefined) throw new Error(problem);
      return sendDocument(reference, file);
    },
    onSettled: onAdded,
  });
  if (count >= MAX_DOCUMENTS) return <p className="small quiet">There are {MAX_DOCUMENTS}, which is as many as can be sent.</p>;
  return (
    <>
      <label className="form-row">
        <span>Add a document</span>
        <input
          className="field file-field"
          type="file"
          accept={DOCUMENT_TYPES.join(',')}
          disabled={send.isPending}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) send.mutate(file);
          }}
        />
      </label>
      <p className="small quiet" role="status">
        {send.isPending && 'Sending…'}
        {send.isSuccess && 'It was added.'}
      </p>
      {send.isError && (
        <p className="notice notice-error" role="alert">
          {messageOf(send.error)}
        </p>
      )}
    </>
  );
};
