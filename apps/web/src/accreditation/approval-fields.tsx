import { t } from '../words';
import { FormField } from './form-field';
import type { Approval } from './approval';
import { RegionChoice } from './region-choice';

interface Props {
  approval: Approval;
  problems: ReadonlyMap<string, string>;
  onChange: (approval: Approval) => void;
}

const WHERE = ['election', 'regions', 'stations'] as const;

/** Where and for how long an accreditation holds. */
export const ApprovalFields = ({ approval, problems, onChange }: Props) => {
  const change = (next: Partial<Approval>) => onChange({ ...approval, ...next });
  return (
    <>
      <FormField
        name="organisation"
        label={t('accreditation:form.organisation')}
        hint={t('accreditation:approval.organisationHint')}
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
        <legend>{t('accreditation:facts.where')}</legend>
        {WHERE.map((kind) => (
          <label key={kind} className="tick">
            <input type="radio" name="where" checked={approval.where === kind} onChange={() => change({ where: kind })} />
            {t(`accreditation:approval.${kind}`)}
          </label>
        ))}
      </fieldset>
      {approval.where === 'regions' && (
        <RegionChoice
          legend={t('accreditation:approval.regions')}
          hint={t('accreditation:approval.regionsHint')}
          chosen={approval.regions}
          onChange={(regions) => change({ regions })}
        />
      )}
      {approval.where === 'stations' && (
        <FormField
          name="scope"
          label={t('accreditation:approval.numbers')}
          hint={t('accreditation:approval.numbersHint')}
          problem={problems.get('scope')}
          required
        >
          {(field) => (
            <input {...field} value={approval.stations} onChange={({ target }) => change({ stations: target.value })} />
          )}
        </FormField>
      )}
      {approval.where !== 'stations' && problems.has('scope') && <p className="field-problem small">{problems.get('scope')}</p>}
      <FormField name="validFrom" label={t('accreditation:approval.from')} problem={problems.get('validFrom')} required>
        {(field) => (
          <input
            {...field}
            type="datetime-local"
            value={approval.from}
            onChange={({ target }) => change({ from: target.value })}
          />
        )}
      </FormField>
      <FormField name="validTo" label={t('accreditation:approval.to')} problem={problems.get('validTo')} required>
        {(field) => (
          <input {...field} type="datetime-local" value={approval.to} onChange={({ target }) => change({ to: target.value })} />
        )}
      </FormField>
    </>
  );
};
