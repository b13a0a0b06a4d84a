import { useKeyMode } from '../keys/use-keys';
import { t } from '../words';

/** Which keys do what on the wall. */
export const WallKeysHelp = () => {
  const [mode] = useKeyMode();
  const keys: readonly (readonly [string, string])[] = [
    ['← ↑ → ↓', t('wall:keys.arrows')],
    ['1–9', t('wall:keys.digits')],
    ['Enter', t('wall:keys.enter')],
    ['Esc', t('wall:keys.escape')],
    [mode === 'with-ctrl' ? 'Ctrl+B' : 'B', t('wall:keys.flag')],
    ['Ctrl+Z', t('wall:keys.undo')],
    ['Shift+N / Shift+P', t('wall:keys.sets')],
  ];
  return (
    <details className="keys panel">
      <summary>{t('wall:keys.title')}</summary>
      <dl className="keys-list">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      {mode !== 'single' && <p className="small quiet">{t('wall:keys.off')}</p>}
    </details>
  );
};
