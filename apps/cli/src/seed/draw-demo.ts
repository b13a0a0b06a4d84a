import type { FfmpegTools } from '@app/ffmpeg';
import type { Logger } from '@app/platform';
import { drawLoops, loopsDirectory, readPlan } from '@app/simulator';

/** Before anybody waits for the demo's cameras: one that is late is an incident. What cannot be drawn is logged, the others go on. */
export async function drawDemo(planFile: string, ffmpeg: FfmpegTools, dataDirectory: string, logger: Logger): Promise<void> {
  const { cameras } = await readPlan(planFile);
  try {
    await drawLoops(ffmpeg, loopsDirectory(dataDirectory), cameras);
  } catch (error) {
    logger.warn({ err: error }, 'the demo starts without some of its cameras');
  }
}
