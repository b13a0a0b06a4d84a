import { DOCUMENT_TYPES, MAX_DOCUMENT_BYTES, MAX_DOCUMENTS } from '@app/contracts';
import { sizeText } from '../time/format';
import { t } from '../words';
import { Problem } from './form-field';

interface Props {
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
}

/** What a browser can tell about files before they are sent; the server looks at their bytes. */
export const problemOf = (files: readonly Pick<File, 'name' | 'size'>[]): string | undefined => {
  if (files.length > MAX_DOCUMENTS) return t('accreditation:documents.tooMany', { count: files.length, most: MAX_DOCUMENTS });
  const big = files.find(({ size }) => size > MAX_DOCUMENT_BYTES);
  return (
    big && t('accreditation:documents.tooBig', { name: big.name, size: sizeText(big.size), most: sizeText(MAX_DOCUMENT_BYTES) })
  );
};

export const DocumentChoice = ({ files, onChange }: Props) => {
  const problem = problemOf(files);
  return (
    <div className="form-row">
      <label htmlFor="documents">
        {t('accreditation:documents.title')} <span className="quiet">{t('accreditation:optional')}</span>
      </label>
      <p id="documents-hint" className="small quiet">
        {t('accreditation:documents.hint', { most: MAX_DOCUMENTS })}
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
