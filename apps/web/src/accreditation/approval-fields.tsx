import { FormField } from './form-field';
import type { Approval } from './approval';
import { RegionChoice } from './region-choice';

interface Props {
  approval: Approval;
  problems: ReadonlyMap<string, string>;
  onChange: (approval: Approval) => void;
}

const WHERE = [
  ['election', 'The whole election'],
  ['regions', 'Regions'],
  ['stations', 'Stations'],
] as const;

/** Where and for how long an accreditation holds. */
export const ApprovalFields = ({ approval, problems, onChange }: Props) => {
  const change = (next: Partial<Approval>) => onChange({ ...approval, ...next });
  return (
    <>
      <FormField
        name="organisation"
        label="Organisation"
        hint="As it is counted: the same words for all of its observers."
        problem={problems.get('organisation')}
        required
      >
        {(field) => (
          <input
            {...field}
            maxLength={200}
            value={approval.organisation}
            onChange={({ target }) => change({ organisation: target.value })}
          />
        )}
      </FormField>
      <fieldset className="form-row">
        <legend>Where</legend>
        {WHERE.map(([kind, words]) => (
          <label key={kind} className="tick">
            <input type="radio" name="where" checked={approval.where === kind} onChange={() => change({ where: kind })} />
            {words}
          </label>
        ))}
      </fieldset>
      {approval.where === 'regions' && (
        <RegionChoice
          legend="Regions"
          hint="Each with all that is in it."
          chosen={approval.regions}
          onChange={(regions) => change({ regions })}
        />
      )}
      {approval.where === 'stations' && (
        <FormField
          name="scope"
          label="Numbers of the stations"
          hint="Separated by commas."
          problem={problems.get('scope')}
          required
        >
          {(field) => (
            <input {...field} value={approval.stations} onChange={({ target }) => change({ stations: target.value })} />
          )}
        </FormField>
      )}
      {approval.where !== 'stations' && problems.has('scope') && <p className="field-problem small">{problems.get('scope')}</p>}
      <FormField name="validFrom" label="Valid from (UTC)" problem={problems.get('validFrom')} required>
        {(field) => (
          <input
            {...field}
            type="datetime-local"
            value={approval.from}
            onChange={({ target }) => change({ from: target.value })}
          />
        )}
      </FormField>
      <FormField name="validTo" label="Valid to (UTC)" problem={problems.get('validTo')} required>
        {(field) => (
          <input {...field} type="datetime-local" value={approval.to} onChange={({ target }) => change({ to: target.value })} />
        )}
      </FormField>
    </>
  );
};
