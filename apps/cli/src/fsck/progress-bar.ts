import type { FsckProgress } from '@app/recordings';

const WIDTH = 30;
const EVERY_MS = 100;

/** One line that is written over; on a terminal only. */
export class ProgressBar {
  private shownMs = -Infinity;
  private shown = false;

  constructor(
    private readonly terminal: { isTTY?: boolean; write(text: string): unknown },
    private readonly nowMs: () => number,
  ) {}

  show({ done, total }: FsckProgress): void {
    if (!this.terminal.isTTY || this.nowMs() - this.shownMs < EVERY_MS) return;
    this.shownMs = this.nowMs();
    this.shown = true;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const full = Math.round(share * WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
    this.terminal.write(`\r${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${done.toLocaleString('en')} rows\u001b[K`);
  }

  clear(): void {
    if (this.shown) this.terminal.write('\r\u001b[K');
    this.shown = false;
  }
}
