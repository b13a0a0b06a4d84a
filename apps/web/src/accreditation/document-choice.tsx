import { DOCUMENT_TYPES, MAX_DOCUMENT_BYTES, MAX_DOCUMENTS } from '@app/contracts';
import { sizeText } from '../time/format';
import { Problem } from './form-field';

interface Props {
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
}

/** What a browser can tell about files before they are sent; the server looks at their bytes. */
export const problemOf = (files: readonly Pick<File, 'name' | 'size'>[]): string | undefined => {
  if (files.length > MAX_DOCUMENTS) return `There are ${files.length}; at most ${MAX_DOCUMENTS} can be sent.`;
  const big = files.find(({ size }) => size > MAX_DOCUMENT_BYTES);
  return big && `${big.name} has ${sizeText(big.size)}; at most ${sizeText(MAX_DOCUMENT_BYTES)} can be sent.`;
};

export const DocumentChoice = ({ files, onChange }: Props) => {
  const problem = problemOf(files);
  return (
    <div className="form-row">
      <label htmlFor="documents">
        Documents<span className="quiet"> (optional)</span>
      </label>
      <p id="documents-hint" className="small quiet">
        A mandate of your organisation, an identity document. PDF, JPEG or PNG, {MAX_DOCUMENTS} at most, up to 5 MB each.
      </p>
      <input
        id="documents"
        className="field file-field"
        type="file"
        multiple
        accept={DOCUMENT_TYPES.join(',')}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? 'documents-hint' : 'documents-hint documents-problem'}
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          target.setCustomValidity(problemOf(chosen) ?? '');
          onChange(chosen);
        }}
      />
      <Problem id="documents-problem" text={problem} />
      {files.length > 0 && (
        <ul className="small">
          {files.map((file) => (
            <li key={`${file.name} ${file.size}`} dir="auto">
              {file.name} <span className="quiet">{sizeText(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
