import { DOCUMENT_TYPES, MAX_DOCUMENTS } from '@app/contracts';
import { useMutation } from '@tanstack/react-query';
import { t } from '../words';
import { sendDocument } from './api';
import { problemOf } from './document-choice';
import { documentRefusal } from './document-words';

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
  if (count >= MAX_DOCUMENTS)
    return <p className="small quiet">{t('accreditation:documents.enough', { most: MAX_DOCUMENTS })}</p>;
  return (
    <>
      <label className="form-row">
        <span>{t('accreditation:documents.add')}</span>
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
        {send.isPending && t('accreditation:sending')}
        {send.isSuccess && t('accreditation:documents.added')}
      </p>
      {send.isError && (
        <p className="notice notice-error" role="alert">
          {documentRefusal(send.error)}
        </p>
      )}
    </>
  );
};
