import type { FaultCode } from '@app/contracts';
import type { Lease } from '../lease/lease';
import { CameraStream } from '../live/camera-stream';
import { restorePast } from '../recording/stream-history';
import type { PackagingServices } from './packaging-ports';
import { WINDOW_SECONDS } from './packaging-settings';

/** A camera's list as its next owner goes on with it; no stream when it was never on air. */
export async function openPast(
  lease: Lease,
  services: Pick<
    PackagingServices,
    'clock' | 'recording' | 'rows' | 'leftRows' | 'storage' | 'guard' | 'mediaDirectory' | 'startedAtMs'
  >,
): Promise<{ targetDuration: number | undefined; stream: CameraStream | undefined; absence?: FaultCode }> {
  const { clock, recording, storage, mediaDirectory, startedAtMs } = services;
  const { cameraId, generation } = lease;
  await services.leftRows.adopt(cameraId, generation);
  const targetDuration = await recording.targetDuration(cameraId);
  if (targetDuration === undefined) return { targetDuration, stream: undefined };
  const past = await recording.past(cameraId, new Date(clock.nowMs() - WINDOW_SECONDS * 1000));
  const newestRun = await recording.newestRun(cameraId);
  const nowMs = clock.nowMs();
  const restored = await restorePast(past, {
    ...{ cameraId, targetDuration, mediaDirectory, storage, nowMs, newestRun, startedAtMs },
  });
  await recording.closeLeftRuns(cameraId, generation, clock.now(), restored?.absence ?? 'packager-lost');
  if (!restored) return { targetDuration, stream: undefined };
  return { targetDuration, stream: new CameraStream(lease, targetDuration, services, restored), absence: restored.absence };
}
