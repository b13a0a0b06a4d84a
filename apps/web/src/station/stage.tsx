import type { Camera, Station } from '@app/contracts';
import { useCallback, useState, type ReactNode } from 'react';
import { readLocal, writeLocal } from '../api/session-hint';
import type { Command } from '../keys/hotkeys';
import { useKeys } from '../keys/use-keys';
import type { LivePlayer } from '../player/live-player';
import { CameraView } from './camera-view';
import { Transport } from './transport';

interface Props {
  station: Station;
  chosen: Camera;
  onChoose: (camera: Camera) => void;
  flagTools: (player: LivePlayer | null) => ReactNode;
}

const LAYOUT = 'pollglass.side-by-side';

/** The cameras of a station and what moves them. They move together: one moment, seen from several places. */
export const Stage = ({ station, chosen, onChoose, flagTools }: Props) => {
  const [players, setPlayers] = useState<ReadonlyMap<string, LivePlayer>>(new Map());
  const [sideBySide, setSideBySide] = useState(readLocal(LAYOUT) === '1');
  const { cameras } = station;
  const player = players.get(chosen.id) ?? null;
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
      players.get(next.id)?.setMuted(false);
    }
    onChoose(next);
  };
  const playPause = () => {
    const stopping = player?.getSnapshot().state.kind !== 'paused' && player?.getSnapshot().state.kind !== 'needs-tap';
    for (const each of all)
      if (stopping) each.pause();
      else each.play();
  };
  const back = (seconds: number) => all.forEach((each) => each.back(seconds));
  const live = () => all.forEach((each) => each.jumpToLive());
  const mute = () => player?.setMuted(!player.getSnapshot().muted);
  const layout = () => {
    setSideBySide(!sideBySide);
    writeLocal(LAYOUT, sideBySide ? null : '1');
  };

  useKeys(false, (command: Command) => {
    if (command.kind === 'toggle-play') playPause();
    else if (command.kind === 'back') back(command.seconds);
    else if (command.kind === 'live') live();
    else if (command.kind === 'mute') mute();
    else if (command.kind === 'swap') swap();
    else if (command.kind === 'full-screen') toggleFullScreen();
    else return false;
    return true;
  });

  return (
    <div className={`stage${sideBySide ? ' stage-side' : ''}${cameras.length > 1 ? '' : ' stage-single'}`}>
      {cameras.map((camera) => (
        <CameraView
          key={camera.id}
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
