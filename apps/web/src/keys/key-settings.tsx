import { t } from '../words';
import { KEY_MODES, useKeyMode } from './use-keys';

/** What is printed on the keys, and the name of what they do. */
const WATCHING = [
  ['K', 'play'],
  ['J / L', 'tenSeconds'],
  ['← / →', 'fiveSeconds'],
  ['T', 'time'],
  ['Home', 'opening'],
  ['End', 'live'],
  ['C', 'swap'],
  ['M', 'sound'],
  ['F', 'fullScreen'],
] as const;
const FLAGGING = [
  ['B', 'flag'],
  ['1–9', 'category'],
  ['Ctrl+Z', 'undo'],
] as const;

/** Which keys do what, and the switch that turns single keys off. */
export const KeySettings = ({ canFlag }: { canFlag: boolean }) => {
  const [mode, setMode] = useKeyMode();
  return (
    <details className="keys panel">
      <summary>{t('station:keys.heading')}</summary>
      <dl className="keys-list">
        {[...(canFlag ? FLAGGING : []), ...WATCHING].map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`station:keys.does.${does}`)}</dd>
          </div>
        ))}
      </dl>
      <fieldset className="keys-modes">
        <legend>{t('station:keys.shortcuts')}</legend>
        {KEY_MODES.map((choice) => (
          <label key={choice} className="choice">
            <input type="radio" name="key-mode" checked={mode === choice} onChange={() => setMode(choice)} />
            {t(`station:keys.modes.${choice}`)}
          </label>
        ))}
      </fieldset>
      {mode === 'with-ctrl' && <p className="small quiet">{t('station:keys.leftToBrowser')}</p>}
    </details>
  );
};
