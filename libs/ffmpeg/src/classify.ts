import { type FaultCode } from '@app/contracts';
import { scrub } from './scrub';
import { type Fault, type FaultContext } from './types';

interface Rule {
  readonly pattern: RegExp;
  readonly code: FaultCode | ((context: FaultContext) => FaultCode);
}

/** ffmpeg's own limit is 5 s: what took nearly that long was silence, what was quicker was an answer it did not understand. */
const SILENCE_MS = 4_500;
const silentOr =
  (code: FaultCode) =>
  ({ livedMs }: FaultContext): FaultCode =>
    livedMs >= SILENCE_MS ? 'silent' : code;

/** Of an ffmpeg that never gave media. The first rule that fits any line wins, so the specific ones stand first. */
const OPENING: readonly Rule[] = [
  { pattern: /\b401 Unauthorized|authorization failed|\b403 Forbidden|access denied/i, code: 'unauthorized' },
  { pattern: /REJECT.*(passphrase|password)|rejected due to: *(BADSECRET|UNSECURE)/i, code: 'unauthorized' },
  { pattern: /\b404 Not Found|StreamNotFound|Stream not found/i, code: 'path-not-found' },
  { pattern: /Failed to resolve hostname/, code: 'host-unknown' },
  { pattern: /Connection refused|REJECT reported|rejected due to/, code: 'connection-refused' },
  { pattern: /No route to host|(Network|Host) is unreachable/, code: 'host-unreachable' },
  { pattern: /Connection to (tcp|srt):\S* failed: (Connection timed out|Input\/output error)/, code: 'host-unreachable' },
  { pattern: /Stream map '0:v(:0)?' matches no streams/, code: 'no-video' },
  { pattern: /codec not currently supported in container|Could not find tag for codec/, code: 'codec-unsupported' },
  { pattern: /not supported by the bitstream filter|Decoder \(codec .*\) not found|Unknown encoder/, code: 'codec-unsupported' },
  { pattern: /Could not find codec parameters|Invalid NAL unit|Error while decoding/i, code: 'media-invalid' },
  { pattern: /Connection timed out|Operation timed out/, code: 'silent' },
  { pattern: /Cannot read RTMP handshake response/, code: 'not-a-stream' },
  { pattern: /Invalid data found when processing input/, code: silentOr('not-a-stream') },
  { pattern: /Protocol not found|not on whitelist|method \w+ failed: \d/, code: 'not-a-stream' },
  { pattern: /Input\/output error|End of file|Connection reset|Broken pipe/, code: 'connection-lost' },
];

/** Of an ffmpeg that gave media before it ended. */
const RUNNING: readonly Rule[] = [
  { pattern: /No space left on device/, code: 'storage-failed' },
  { pattern: /timed out|Input\/output error|End of file|Connection reset|Broken pipe/, code: 'connection-lost' },
  { pattern: /Invalid data found|Error while decoding|Error muxing/, code: 'media-invalid' },
];

const MAX_DETAIL = 300;

/** Why an ffmpeg ended, from what it wrote to stderr. Lines may still hold credentials; the detail does not. */
export function classifyStderr(lines: readonly string[], context: FaultContext): Fault {
  if (context.exit?.spawnError !== undefined) return { code: 'encoder-failed', detail: tidy(context.exit.spawnError) };
  for (const { pattern, code } of context.hadMedia ? RUNNING : OPENING) {
    const line = lines.findLast((candidate) => pattern.test(candidate));
    if (line !== undefined) return { code: typeof code === 'string' ? code : code(context), detail: tidy(line) };
  }
  // A camera that ends its stream in order leaves ffmpeg content: exit code 0 and no complaint.
  if (context.hadMedia && context.exit?.code === 0) return { code: 'connection-lost', detail: 'The camera ended its stream.' };
  return { code: 'encoder-failed', detail: describeEnd(lines, context) };
}

function describeEnd(lines: readonly string[], { exit }: FaultContext): string {
  const complaint = lines.findLast((line) => /\[(error|fatal)\] *\S/.test(line));
  if (complaint !== undefined) return tidy(complaint);
  if (exit?.signal) return `ffmpeg was ended by ${exit.signal}.`;
  return `ffmpeg ended with code ${exit?.code ?? 'unknown'} and said nothing.`;
}

/** Without the address of the reporting object and the level, which say nothing to people. */
function tidy(line: string): string {
  const said = line.replace(/^(\[[^\]]*\]\s*)+/, '').replace(/^[\d:.]+\/SRT:\S+\s*/, '');
  const text = scrub(said);
  return text.length > MAX_DETAIL ? `${text.slice(0, MAX_DETAIL - 1)}…` : text;
}
