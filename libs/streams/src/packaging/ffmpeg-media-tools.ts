import {
  classifyStderr,
  diagnoseSource,
  type Fault,
  type FaultContext,
  FfmpegProcess,
  type FfmpegTools,
  packagingArgs,
  type PackagingInput,
  type PackagingPlan,
} from '@app/ffmpeg';
import { type MediaProcess, MediaTools } from './packaging-ports';

/** Packaging's view of the ffmpeg on this machine. */
export class FfmpegMediaTools extends MediaTools {
  constructor(private readonly tools: FfmpegTools) {
    super();
  }

  start(input: PackagingInput, plan: PackagingPlan): MediaProcess {
    const stdin = input.kind === 'flv-stdin' ? 'pipe' : 'ignore';
    return FfmpegProcess.start({ tools: this.tools, args: packagingArgs(input, plan), stdin });
  }

  classify(stderr: readonly string[], context: FaultContext): Fault {
    return classifyStderr(stderr, context);
  }

  diagnose(url: string, signal: AbortSignal): Promise<Fault | undefined> {
    return diagnoseSource(this.tools, url, signal);
  }
}
