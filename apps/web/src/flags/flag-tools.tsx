import type { Camera, Session, Station } from '@app/contracts';
import { useEffect, useRef, useState } from 'react';
import { useIncidentCodes } from '../api/incident-codes';
import { serverClock } from '../api/server-clock';
import type { Command } from '../keys/hotkeys';
import { useKeyMode, useKeys } from '../keys/use-keys';
import type { Player } from '../player/snapshot';
import { Icon } from '../station/icon';
import { t } from '../words';
import { FlagChip } from './flag-chip';
import { newKey } from './new-key';
import { canUndo } from './outbox';
import { senderFor, useFlags } from './use-sender';
import '../styles/flags.css';

interface Props {
  session: Session;
  station: Station;
  camera: Camera;
  /** What tells the time of the shown frame. */
  player: Pick<Player, 'frameNow'> | null;
  /** Told when the chip opens and closes: it takes the digits. */
  onChip?: (isOpen: boolean) => void;
}

/** As it is printed on the keys, in every language. */
const FLAG_KEYS = { single: 'B', 'with-ctrl': 'Ctrl+B' } as const;

/** Flagging on the station page: one key or one button, stored before anything is asked. */
const FlagTools = ({ session, station, camera, player, onChip }: Props) => {
  const sender = senderFor(session.user.id);
  const flags = useFlags(session.user.id);
  const codes = useIncidentCodes();
  const [openKey, setOpenKey] = useState<string | null>(null);
  const [keyMode] = useKeyMode();
  const open = flags.find(({ key }) => key === openKey) ?? null;
  const button = useRef<HTMLButtonElement>(null);

  const isOpen = open !== null;
  useEffect(() => onChip?.(isOpen), [isOpen, onChip]);

  const flag = () => {
    const pressedAt = Date.now();
    const now = serverClock.now(pressedAt);
    // Without a picture the present moment is flagged: the press is worth more than the frame.
    const at = player?.frameNow() ?? now;
    const entry = sender.flag({
      key: newKey(),
      userId: session.user.id,
      stationCode: station.code,
      stationName: station.name,
      timezone: station.timezone,
      cameraName: camera.name,
      pressed: {
        cameraId: camera.id,
        at: new Date(at).toISOString(),
        clock: { pressedAt: new Date(pressedAt).toISOString(), delayMs: Math.round(now - at) },
      },
    });
    setOpenKey(entry.key);
    navigator.vibrate?.(30);
  };
  const choose = (digit: number): boolean => {
    const code = codes.find((known) => known.digit === digit);
    if (!open || !code) return false;
    void sender.describe(open.key, { code: code.code });
    return true;
  };
  const close = () => {
    setOpenKey(null);
    // With the press itself: told by the effect only, the page would still leave the next digit to a chip that is gone.
    onChip?.(false);
    // What was pressed is gone with the chip: the keyboard goes on where the flag was made.
    button.current?.focus();
  };
  const takeBack = (): boolean => {
    const last = open ?? flags[0];
    if (!last || !canUndo(last, Date.now())) return false;
    void sender.undo(last.key);
    return true;
  };

  useKeys(open !== null, (command: Command) => {
    if (command.kind === 'flag') flag();
    else if (command.kind === 'category') return choose(command.digit);
    else if (command.kind === 'undo') return takeBack();
    else return false;
    return true;
  });

  return (
    <>
      <button ref={button} type="button" className="flag-button" onClick={flag} data-testid="flag-button">
        <Icon name="flag" />
        {t('flags:flagNow')}
        {keyMode !== 'off' && <kbd aria-hidden="true">{FLAG_KEYS[keyMode]}</kbd>}
      </button>
      {open && (
        <FlagChip
          key={open.key}
          flag={open}
          codes={codes}
          onDescribe={(details) => void sender.describe(open.key, details)}
          onUndo={takeBack}
          onClose={close}
        />
      )}
      <p className="visually-hidden" role="status">
        {open ? t('flags:stored', { camera: open.cameraName }) : ''}
      </p>
    </>
  );
};

export default FlagTools;
