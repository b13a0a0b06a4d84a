import type { KeyMode } from './hotkeys';
import { KEY_MODES, useKeyMode } from './use-keys';

const MODE_LABELS: Record<KeyMode, string> = { single: 'Single keys', 'with-ctrl': 'Only with Ctrl', off: 'Off' };

const WATCHING: [string, string][] = [
  ['K', 'play or pause'],
  ['J / L', 'back, on 10 seconds'],
  ['← / →', 'back, on 5 seconds'],
  ['T', 'type a time'],
  ['Home', 'to the opening'],
  ['End', 'jump to live'],
  ['C', 'swap cameras'],
  ['M', 'sound on or off'],
  ['F', 'full screen'],
];
const FLAGGING: [string, string][] = [
  ['B', 'flag what you see now'],
  ['1–9', 'category of the flag'],
  ['Ctrl+Z', 'undo within 10 seconds'],
];

/** Which keys do what, and the switch that turns single keys off. */
export const KeySettings = ({ canFlag }: { canFlag: boolean }) => {
  const [mode, setMode] = useKeyMode();
  return (
    <details className="keys panel">
      <summary>Keyboard</summary>
      <dl className="keys-list">
        {[...(canFlag ? FLAGGING : []), ...WATCHING].map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <fieldset className="keys-modes">
        <legend>Shortcuts</legend>
        {KEY_MODES.map((choice) => (
          <label key={choice} className="choice">
            <input type="radio" name="key-mode" checked={mode === choice} onChange={() => setMode(choice)} />
            {MODE_LABELS[choice]}
          </label>
        ))}
      </fieldset>
      {mode === 'with-ctrl' && (
        <p className="small quiet">Keys the browser needs with Ctrl (C, F, J, K, L, M, T) are left to it; use the buttons.</p>
      )}
    </details>
  );
};
