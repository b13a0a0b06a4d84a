import { useQuery } from '@tanstack/react-query';
import { regionsQuery } from '../api/queries';
import { t } from '../words';
import { CameraSearch } from './camera-search';
import { type CameraRef, WALL_SIZES, type WallSize, type WallView } from './wall-view';

interface Props {
  view: WallView;
  size: WallSize;
  stills: boolean;
  sets: number | null;
  onChange: (change: { [K in keyof WallView]?: WallView[K] | undefined }) => void;
  onAdd: (camera: CameraRef) => void;
  onSet: (step: 1 | -1) => void;
}

/** Which cameras the wall shows, how many, and whether they move. */
export const WallBar = ({ view, size, stills, sets, onChange, onAdd, onSet }: Props) => {
  const { data: regions = [] } = useQuery(regionsQuery);
  return (
    <div className="wall-bar">
      <label className="filter">
        <span className="small quiet">{t('wall:cameras')}</span>
        <select
          className="field"
          value={view.cams === undefined ? (view.region ?? '') : 'chosen'}
          onChange={({ target }) =>
            onChange({ cams: undefined, region: target.value === '' ? undefined : target.value, set: undefined })
          }
        >
          {view.cams !== undefined && <option value="chosen">{t('wall:chosenOnes')}</option>}
          <option value="">{t('wall:allRegions')}</option>
          {regions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <CameraSearch onAdd={onAdd} />
      <div className="button-group" role="group" aria-label={t('wall:size.label')}>
        {WALL_SIZES.map((each) => (
          <button
            key={each}
            type="button"
            className="button"
            aria-pressed={each === size}
            onClick={() => onChange({ size: each, set: undefined })}
          >
            {t('wall:size.tiles', { count: each })}
          </button>
        ))}
      </div>
      <button type="button" className="button" aria-pressed={stills} onClick={() => onChange({ stills: stills ? 'off' : 'on' })}>
        {t('wall:stillsOnly')}
      </button>
      {sets !== null && sets > 1 && (
        <div className="wall-sets">
          <button type="button" className="button" onClick={() => onSet(-1)}>
            {t('wall:set.previous')}
          </button>
          <span className="small" role="status" data-testid="wall-set">
            {t('wall:set.of', { number: Math.min(view.set ?? 0, sets - 1) + 1, count: sets })}
          </span>
          <button type="button" className="button" onClick={() => onSet(1)}>
            {t('wall:set.next')}
          </button>
        </div>
      )}
    </div>
  );
};
