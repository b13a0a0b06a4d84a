interface Props {
  label: string;
  value: string | undefined;
  /** What stands for no choice. */
  none: string;
  /** What is chosen, its text, and the language of the text where it may be another one. */
  options: readonly (readonly [value: string, words: string, lang?: string])[];
  onChoose: (value: string | undefined) => void;
}

/** One filter of a list. */
export const Choice = ({ label, value, none, options, onChoose }: Props) => (
  <label className="filter">
    <span className="small quiet">{label}</span>
    <select
      className="field"
      value={value ?? ''}
      onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}
    >
      <option value="">{none}</option>
      {options.map(([each, words, lang]) => (
        <option key={each} value={each} lang={lang}>
          {words}
        </option>
      ))}
    </select>
  </label>
);
