const WINDOW_MS = 5_000;
/** Lost packets make a few of these now and then; media that is none makes dozens a second. */
const TOO_MANY = 30;
const COMPLAINT =
  /\[error\] (Error parsing AU headers|Undefined type|no frame!|decode_slice_header|non-existing PPS|too many reference|.*reference count|.*out of range|Invalid NAL|.*Packet corrupt)/;

/** Counts what ffmpeg complains of while it reads: copied media is not decoded, so nothing else tells that it is garbage. */
export class ComplaintMeter {
  private times: number[] = [];

  /** @returns whether these were too many by now. */
  add(line: string, nowMs: number): boolean {
    if (!COMPLAINT.test(line)) return false;
    this.times = [...this.times.filter((at) => nowMs - at < WINDOW_MS), nowMs].slice(-TOO_MANY);
    return this.times.length >= TOO_MANY;
  }
}
