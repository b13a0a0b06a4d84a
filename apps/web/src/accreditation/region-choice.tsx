import type { Region } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { regionsQuery } from '../api/queries';
import { ErrorNotice } from '../shell/notices';
import { t } from '../words';
import { pathsOf } from './region-paths';

interface Props {
  legend: string;
  hint: string;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** So many are shown; the rest is found by typing a part of the name. */
const SHOWN = 40;

/** Regions to tick, found by name where there are many. */
export const RegionChoice = ({ legend, hint, chosen, onChange }: Props) => {
  const regions = useQuery(regionsQuery);
  const [part, setPart] = useState('');
  if (!regions.data)
    return regions.isError ? (
      <ErrorNotice title={t('accreditation:regions.notLoaded')} error={regions.error} onRetry={() => void regions.refetch()} />
    ) : null;
  const paths = pathsOf(regions.data);
  const matching = regions.data
    .filter(({ id }) => chosen.includes(id) || nameOf(paths, id).includes(part.trim().toLocaleLowerCase()))
    .sort((left, right) => nameOf(paths, left.id).localeCompare(nameOf(paths, right.id)));
  const shown = matching.slice(0, Math.max(SHOWN, chosen.length));
  return (
    <fieldset className="form-row region-choice">
      <legend>{legend}</legend>
      <p className="small quiet">{hint}</p>
      {regions.data.length > 12 && (
        <label className="form-row">
          <span className="small quiet">{t('accreditation:regions.find')}</span>
          <input className="field" type="search" value={part} onChange={({ target }) => setPart(target.value)} />
        </label>
      )}
      <ul className="region-boxes">
        {shown.map((region) => (
          <li key={region.id}>
            <RegionBox region={region} path={paths.get(region.id) ?? region.name} chosen={chosen} onChange={onChange} />
          </li>
        ))}
      </ul>
      {matching.length > shown.length && (
        <p className="small quiet">{t('accreditation:regions.more', { count: matching.length - shown.length })}</p>
      )}
    </fieldset>
  );
};

const RegionBox = ({ region, path, chosen, onChange }: { region: Region; path: string } & Pick<Props, 'chosen' | 'onChange'>) => (
  <label className="tick">
    <input
      type="checkbox"
      checked={chosen.includes(region.id)}
      onChange={({ target }) => onChange(target.checked ? [...chosen, region.id] : chosen.filter((id) => id !== region.id))}
    />
    <span dir="auto">{path}</span>
  </label>
);

const nameOf = (paths: ReadonlyMap<string, string>, id: string): string => (paths.get(id) ?? '').toLocaleLowerCase();
