import type { Camera } from '@app/contracts';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clockIn } from '../time/format';
import { t } from '../words';
import { EMPTY_RECORD, lookUp, type Span } from './day-record';
import { RulerLanes } from './ruler-lanes';
import { followView, fractionOf, keyTarget, momentAt, viewOf, type Zoom } from './ruler-scale';
import { momentWords, recordAndFlags, type Marker } from './ruler-words';
import { ScrubStill } from './scrub-still';
import { newestMoment, type Past } from './use-past';

interface Props {
  past: Past;
  /** The moment that is shown, and the server's now; epoch ms. */
  at: number;
  now: number;
  zoom: Zoom;
  timezone: string;
  cameras: readonly Camera[];
  chosen: Camera;
  markers: readonly Marker[];
}

/** A person who holds a key or taps it again has not arrived yet. */
const SETTLE_MS = 350;

/** The day as a slider: drag, click or keys. Stills follow at once, the video when one lets go. */
export const DayRuler = ({ past, at, now, zoom, timezone, cameras, chosen, markers }: Props) => {
  const { day, records } = past;
  const track = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [isFocused, setFocused] = useState(false);
  const [shownView, setView] = useState<Span>(() => viewOf(day, zoom, at));
  const settle = useRef(0);
  const shown = clampTo(day, wanted ?? at);
  const view = followView(shownView, day, zoom, shown);
  if (view !== shownView) setView(view);
  useEffect(() => () => window.clearTimeout(settle.current), []);

  const momentOf = ({ clientX }: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    const moment = box ? momentAt(view, (clientX - box.left) / box.width) : shown;
    return Math.min(moment, now);
  };
  const go = (target: number) => {
    window.clearTimeout(settle.current);
    setWanted(null);
    past.goTo(target);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setWanted(momentOf(event));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    setHovered(momentOf(event));
    if (event.currentTarget.hasPointerCapture(event.pointerId)) setWanted(momentOf(event));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = keyTarget(event.key, shown, zoom, day, now);
    if (target === null) return;
    event.preventDefault();
    window.clearTimeout(settle.current);
    if (target === 'live') {
      setWanted(null);
      return past.goLive();
    }
    setWanted(target);
    settle.current = window.setTimeout(() => go(target), SETTLE_MS);
  };

  const named = cameras.map(({ id, name }) => ({ name, record: records.get(id) ?? EMPTY_RECORD }));
  const pointed = wanted ?? hovered ?? (isFocused ? shown : null);
  const isRecorded = (moment: number) => lookUp(records.get(chosen.id) ?? EMPTY_RECORD, moment).kind === 'recorded';
  const left = (moment: number) => `${(Math.min(1, Math.max(0, fractionOf(view, moment))) * 100).toFixed(3)}%`;
  return (
    <div className="ruler-frame" dir="ltr">
      {pointed !== null && (
        <div className="ruler-bubble" style={{ left: left(pointed) }} data-testid="ruler-bubble">
          {isRecorded(pointed) && <ScrubStill cameraId={chosen.id} at={pointed} />}
          <span className="ruler-time">{clockIn(pointed, timezone)}</span>
          <span className="small">{recordAndFlags(pointed, named, markers)}</span>
        </div>
      )}
      <div
        ref={track}
        className="ruler"
        role="slider"
        tabIndex={0}
        aria-label={t('past:ruler.label')}
        aria-valuemin={0}
        aria-valuemax={Math.round((Math.max(day.from, Math.min(now, day.to)) - day.from) / 1000)}
        aria-valuenow={Math.round((shown - day.from) / 1000)}
        aria-valuetext={momentWords(shown, timezone, named, markers)}
        data-keys-used
        data-testid="ruler"
        data-from={view.from}
        data-to={view.to}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(null)}
        onPointerUp={(event) => wanted !== null && go(momentOf(event))}
        onPointerCancel={() => setWanted(null)}
        onFocus={({ target }) => setFocused(target.matches(':focus-visible'))}
        onBlur={() => setFocused(false)}
      >
        <RulerLanes cameras={cameras} records={records} markers={markers} view={view} timezone={timezone} />
        {newestMoment(now) > view.from && now < view.to && <span className="ruler-now" style={{ left: left(now) }} />}
        <span className="ruler-hand" style={{ left: left(shown) }} />
      </div>
    </div>
  );
};

const clampTo = ({ from, to }: Span, at: number): number => Math.min(Math.max(at, from), to);
