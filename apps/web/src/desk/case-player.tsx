import type { IncidentDetail } from '@app/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { stationQuery } from '../api/queries';
import type { PastPlayer } from '../past/past-player';
import { usePastSnapshot } from '../past/use-past';
import { Skeleton } from '../shell/notices';
import { clockIn } from '../time/format';
import { CaseTile } from './case-tile';
import { useCasePlayer } from './use-case-player';
import { useLetters } from './use-letters';
import { useLoop } from './use-loop';
import { usePlayedRanges } from './use-played-ranges';
import type { Stretch } from './played';

const FRAMES_PER_SECOND = 25;

interface Props {
  incident: IncidentDetail;
  /** The exact range as it is marked now. */
  marked: Stretch;
  onMark: (range: Stretch) => void;
}

/** Both cameras of the station at one moment, over the flagged range again and again. */
export const CasePlayer = (props: Props) => {
  const player = useCasePlayer(props.incident);
  return player ? <Loaded {...props} player={player} /> : <Skeleton label="Loading the record" className="skeleton-video" />;
};

const Loaded = ({ incident, marked, onMark, player }: Props & { player: PastPlayer }) => {
  const snapshot = usePastSnapshot(player);
  const { data: station } = useQuery(stationQuery(incident.station.code));
  const [isLooping, setLooping] = useState(true);
  const range = { from: Date.parse(incident.from), to: Date.parse(incident.to) };
  // Before the loop goes back to the beginning: what passed at the very end counts as well.
  const { isFull } = usePlayedRanges(incident.id, player, range, incident.played.full);
  useLoop(player, isLooping ? range : null);
  const flagged = incident.camera.id;
  const fps = station?.cameras.find(({ id }) => id === flagged)?.state.fps ?? FRAMES_PER_SECOND;
  // A third of a frame beyond its beginning, so that rounding shows the frame that is meant.
  const step = (frames: number) => {
    player.pause();
    const shown = player.tileOf(flagged)?.shownAt ?? player.now;
    player.seek(Math.round(shown + ((frames + 0.33) * 1000) / fps));
  };
  const frame = () => Math.round(player.tileOf(flagged)?.shownAt ?? player.now);
  const togglePlay = () => (snapshot?.isPlaying ? player.pause() : player.play());
  const mark = (edge: 'from' | 'to') => onMark(edge === 'from' ? startAt(marked, frame()) : endAt(marked, frame()));
  useLetters((letter) => {
    const actions: Record<string, () => void> = {
      k: togglePlay,
      j: () => player.seek(player.now - 10_000),
      l: () => player.seek(player.now + 10_000),
      i: () => mark('from'),
      u: () => mark('to'),
      r: () => player.seek(range.from),
    };
    actions[letter]?.();
    return letter in actions;
  });
  const { timezone } = incident.station;
  const cameras = station?.cameras ?? [{ id: flagged, name: incident.camera.name }];
  return (
    <section className="case-player panel" aria-label="Footage">
      <div className="case-tiles">
        {cameras.map((camera) => (
          <CaseTile
            key={camera.id}
            player={player}
            camera={camera}
            presence={snapshot?.presences.get(camera.id)}
            timezone={timezone}
            isFlagged={camera.id === flagged}
          />
        ))}
      </div>
      <div className="case-transport">
        <p className="frame-clock" data-testid="case-clock">
          {snapshot ? clockIn(snapshot.at, timezone) : '--:--:--'}
        </p>
        <div className="button-group">
          <button type="button" className="button" onClick={() => step(-1)} title="One frame back">
            −1 frame
          </button>
          <button type="button" className="button" onClick={togglePlay} data-testid="case-play">
            {snapshot?.isPlaying ? 'Pause' : 'Play'} <kbd aria-hidden="true">K</kbd>
          </button>
          <button type="button" className="button" onClick={() => step(1)} title="One frame on" data-testid="frame-on">
            +1 frame
          </button>
          <button type="button" className="button" onClick={() => player.seek(range.from)}>
            From the start <kbd aria-hidden="true">R</kbd>
          </button>
          <button type="button" className="button" aria-pressed={isLooping} onClick={() => setLooping(!isLooping)}>
            Repeat the range
          </button>
        </div>
        <div className="button-group">
          <button type="button" className="button" onClick={() => mark('from')}>
            Begins here <kbd aria-hidden="true">I</kbd>
          </button>
          <button type="button" className="button" onClick={() => mark('to')}>
            Ends here <kbd aria-hidden="true">U</kbd>
          </button>
        </div>
        <p className="small quiet" role="status" data-testid="case-played" data-full={isFull}>
          {isFull ? 'You have played the whole range.' : 'Not played whole yet: a finding needs that.'}
        </p>
      </div>
    </section>
  );
};

const startAt = ({ to }: Stretch, from: number): Stretch => ({ from, to: Math.max(from, to) });
const endAt = ({ from }: Stretch, to: number): Stretch => ({ from: Math.min(from, to), to });
