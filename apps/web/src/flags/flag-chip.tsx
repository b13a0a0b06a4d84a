import type { IncidentCode, Severity } from '@app/contracts';
import { useEffect, useId, useState } from 'react';
import { clockIn, delayText } from '../time/format';
import { t } from '../words';
import { Rich } from '../words/rich';
import type { FlagView } from './flag-sender';
import { flagStatus } from './flag-words';
import { canUndo, UNDO_MS, type FlagDetails } from './outbox';
import { severityOptions } from './severity';

interface Props {
  flag: FlagView;
  codes: readonly IncidentCode[];
  onDescribe: (details: FlagDetails) => void;
  onUndo: () => void;
  onClose: () => void;
}

const TYPING_PAUSE_MS = 800;
/** As it is printed on the keys, in every language. */
const UNDO_KEYS = 'Ctrl+Z';

/** What can be added to a flag that is already stored: category, severity, note; or taken back for ten seconds. */
export const FlagChip = ({ flag, codes, onDescribe, onUndo, onClose }: Props) => {
  const id = useId();
  const at = Date.parse(flag.pressed.at);
  const status = flagStatus(flag);
  const undone = status.tone === 'off';
  const quick = codes.filter(({ digit }) => digit !== null).sort((a, b) => (a.digit ?? 0) - (b.digit ?? 0));
  const others = codes.filter(({ digit }) => digit === null);
  const chosen = codes.find(({ code }) => code === flag.details.code);
  return (
    <section className="chip panel" aria-label={t('flags:chip.name')} data-testid="flag-chip">
      <header className="chip-head">
        <p>
          <strong>
            {flag.cameraName}, {clockIn(at, flag.timezone)}
          </strong>
          <span className="quiet small"> {t('flags:chip.behind', { delay: delayText(flag.pressed.clock.delayMs) })}</span>
        </p>
        <button type="button" className="icon-button" onClick={onClose}>
          <span className="visually-hidden">{t('flags:chip.close')}</span>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="m5 5 10 10M15 5 5 15" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
          </svg>
        </button>
      </header>
      <p className={`chip-status chip-status-${status.tone}`} role="status" data-testid="flag-status">
        {status.text}
      </p>
      {!undone && (
        <>
          <div className="chip-codes" role="group" aria-label={t('terms:labels.category')}>
            {quick.map((code) => (
              <button
                key={code.code}
                type="button"
                className="chip-code"
                title={code.label}
                aria-pressed={code.code === flag.details.code}
                onClick={() => onDescribe({ code: code.code })}
              >
                <kbd aria-hidden="true">{code.digit}</kbd>
                <span lang={code.lang}>{code.label}</span>
              </button>
            ))}
            {others.length > 0 && <MoreCodes codes={others} value={flag.details.code} onCode={(code) => onDescribe({ code })} />}
          </div>
          <NoteField id={id} note={flag.details.note ?? ''} onNote={(note) => onDescribe({ note })} />
          <label className="chip-severity">
            <span className="visually-hidden">{t('terms:labels.severity')}</span>
            <select
              className="field"
              value={flag.details.severity ?? chosen?.severity ?? ''}
              onChange={({ target }) => onDescribe({ severity: target.value as Severity })}
            >
              {flag.details.severity === undefined && !chosen && <option value="">{t('terms:labels.severity')}</option>}
              {severityOptions().map(([severity, words]) => (
                <option key={severity} value={severity}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <footer className="chip-foot">
            <UndoButton flag={flag} onUndo={onUndo} />
            <button type="button" className="button" onClick={onClose}>
              {t('flags:chip.done')}
            </button>
          </footer>
        </>
      )}
    </section>
  );
};

/** The categories without a digit. */
const MoreCodes = ({
  codes,
  value,
  onCode,
}: {
  codes: readonly IncidentCode[];
  value: string | undefined;
  onCode: (code: string) => void;
}) => {
  const chosen = codes.some(({ code }) => code === value);
  return (
    <label className="chip-more">
      <span className="visually-hidden">{t('flags:chip.more')}</span>
      <select
        className="chip-code"
        data-chosen={chosen}
        value={chosen ? value : ''}
        onChange={({ target }) => target.value !== '' && onCode(target.value)}
      >
        <option value="">{t('flags:chip.moreShort')}</option>
        {groupsOf(codes).map(([label, group]) => (
          <optgroup key={label} label={label}>
            {group.map((code) => (
              <option key={code.code} value={code.code} lang={code.lang}>
                {code.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
};

/** Sent when the typing rests or the field is left, so that a lost tab loses a word at most. */
const NoteField = ({ id, note, onNote }: { id: string; note: string; onNote: (note: string) => void }) => {
  const [text, setText] = useState(note);
  useEffect(() => {
    if (text === note) return undefined;
    const timer = window.setTimeout(() => onNote(text), TYPING_PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text, note, onNote]);
  return (
    <label className="chip-field" htmlFor={`${id}-note`}>
      <span className="small quiet">{t('terms:labels.note')}</span>
      <textarea
        id={`${id}-note`}
        className="field"
        rows={1}
        maxLength={4000}
        dir="auto"
        placeholder={t('flags:chip.hint')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text !== note && onNote(text)}
      />
    </label>
  );
};

const UndoButton = ({ flag, onUndo }: { flag: FlagView; onUndo: () => void }) => {
  const [now, setNow] = useState(Date.now);
  const possible = canUndo(flag, now);
  useEffect(() => {
    if (!possible) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, [possible]);
  if (!possible) return null;
  const left = Math.ceil((Date.parse(flag.pressed.clock.pressedAt) + UNDO_MS - now) / 1000);
  return (
    <button type="button" className="button" onClick={onUndo} title={UNDO_KEYS}>
      <Rich
        text="flags:chip.undo"
        values={{ seconds: Math.max(0, left) }}
        components={{ left: <span className="quiet undo-left" /> }}
      />
    </button>
  );
};

const groupsOf = (codes: readonly IncidentCode[]): [string, IncidentCode[]][] => {
  const groups = new Map<string, IncidentCode[]>();
  for (const code of codes) groups.set(code.groupLabel, [...(groups.get(code.groupLabel) ?? []), code]);
  return [...groups];
};
