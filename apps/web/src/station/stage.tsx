import type { Camera, Station } from '@app/contracts';
import { useCallback, useState, type ReactNode } from 'react';
import { readLocal, writeLocal } from '../api/session-hint';
import type { Command } from '../keys/hotkeys';
import { useKeys } from '../keys/use-keys';
import { BehindBand } from '../past/behind-band';
import type { Past } from '../past/use-past';
import type { LivePlayer } from '../player/live-player';
import type { Player } from '../player/snapshot';
import { CameraView } from './camera-view';
import { Transport } from './transport';

interface Props {
  station: Station;
  chosen: Camera;
  past: Past;
  onChoose: (camera: Camera) => void;
  onTypeTime: () => void;
  flagTools: (player: Player | null) => ReactNode;
}

const LAYOUT = 'pollglass.side-by-side';

/** The cameras of a station and what moves them. They move together: one moment, seen from several places. */
export const Stage = ({ station, chosen, past, onChoose, onTypeTime, flagTools }: Props) => {
  const [players, setPlayers] = useState<ReadonlyMap<string, LivePlayer>>(new Map());
  const [sideBySide, setSideBySide] = useState(readLocal(LAYOUT) === '1');
  const { cameras } = station;
  const playerOf = ({ id }: Camera): Player | null => past.player?.playerOf(id) ?? players.get(id) ?? null;
  const player = playerOf(chosen);
  const onPlayer = useCallback((cameraId: string, next: LivePlayer | null) => {
    setPlayers((known) => {
      const players = new Map(known);
      if (next) players.set(cameraId, next);
      else players.delete(cameraId);
      return players;
    });
  }, []);

  const all = [...players.values()];
  const swap = () => {
    const next = cameras[(cameras.indexOf(chosen) + 1) % cameras.length];
    if (!next || next === chosen) return;
    // Sound belongs to the big picture.
    if (player && !player.getSnapshot().muted) {
      player.setMuted(true);
      playerOf(next)?.setMuted(false);
    }
    onChoose(next);
  };
  const playPause = () => {
    const stopping = player?.getSnapshot().state.kind !== 'paused' && player?.getSnapshot().state.kind !== 'needs-tap';
    for (const each of past.player ? [past.player] : all)
      if (stopping) each.pause();
      else each.play();
  };
  const back = (seconds: number) => {
    if (past.player) past.goTo(Math.max(past.day.from, past.player.now - seconds * 1000));
    else all.forEach((each) => each.back(seconds));
  };
  const forward = (seconds: number) => {
    const at = past.player?.now ?? player?.frameNow() ?? null;
    if (at !== null) past.goTo(at + seconds * 1000);
  };
  const live = () => {
    past.goLive();
    all.forEach((each) => each.jumpToLive());
  };
  const mute = () => player?.setMuted(!player.getSnapshot().muted);
  const layout = () => {
    setSideBySide(!sideBySide);
    writeLocal(LAYOUT, sideBySide ? null : '1');
  };

  useKeys(false, (command: Command) => {
    if (command.kind === 'toggle-play') playPause();
    else if (command.kind === 'back') back(command.seconds);
    else if (command.kind === 'forward') forward(command.seconds);
    else if (command.kind === 'opening') past.goTo(past.day.from);
    else if (command.kind === 'type-time') onTypeTime();
    else if (command.kind === 'live') live();
    else if (command.kind === 'mute') mute();
    else if (command.kind === 'swap') swap();
    else if (command.kind === 'full-screen') toggleFullScreen();
    else return false;
    return true;
  });

  return (
    <>
      <BehindBand player={player} isPast={past.player !== null} timezone={station.timezone} onLive={live} />
      <div
        className={`stage${sideBySide ? ' stage-side' : ''}${cameras.length > 1 ? '' : ' stage-single'}${past.player ? ' stage-past' : ''}`}
      >
        {cameras.map((camera) => (
          <CameraView
            key={camera.id}
            past={past.player}
            camera={camera}
            stationCode={station.code}
            timezone={station.timezone}
            main={camera === chosen}
            onPlayer={onPlayer}
            onChoose={() => onChoose(camera)}
          />
        ))}
        <Transport
          player={player}
          timezone={station.timezone}
          several={cameras.length > 1}
          sideBySide={sideBySide}
          onPlayPause={playPause}
          onBack={back}
          onLive={live}
          onMute={mute}
          onSwap={swap}
          onLayout={layout}
          onFullScreen={toggleFullScreen}
        >
          {flagTools(player)}
        </Transport>
      </div>
    </>
  );
};

type OldVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void };

/** The whole stage with its clock where the browser can; iPhones can only the video itself. A refusal leaves things as they are. */
const toggleFullScreen = (): void => {
  const stage = document.getElementById('main-stage');
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (stage?.requestFullscreen) stage.requestFullscreen().catch(() => undefined);
  else stage?.querySelector<OldVideo>('video')?.webkitEnterFullscreen?.();
};
