import {
  classifyStderr,
  type Fault,
  type FaultContext,
  FfmpegProcess,
  type FfmpegTools,
  type OutputPipes,
  packagingArgs,
  type PackagingInput,
  type PackagingPlan,
} from '@app/ffmpeg';
import { type MediaProcess, MediaTools } from './packaging-ports';

/** Just below the time that ffmpeg waits for a byte. */
const SILENCE_MS = 4_500;

/** Packaging's view of the ffmpeg on this machine. */
export class FfmpegMediaTools extends MediaTools {
  constructor(
    private readonly tools: FfmpegTools,
    private readonly pipes: OutputPipes,
  ) {
    super();
  }

  start(input: PackagingInput, plan: PackagingPlan, onLine: (line: string) => void): MediaProcess {
    const stdin = input.kind === 'flv-stdin' ? 'pipe' : 'ignore';
    const args = packagingArgs(input, plan);
    return FfmpegProcess.start({ tools: this.tools, args, stdin, pipe: this.pipes.take(), onLine });
  }

  classify(stderr: readonly string[], context: FaultContext): Fault {
    const fault = classifyStderr(stderr, context);
    // What ran into the time limit got nothing; what got something that is no video says so at once.
    if (fault.code === 'media-invalid' && !context.hadMedia && context.livedMs >= SILENCE_MS) return { ...fault, code: 'silent' };
    return fault;
  }
}
