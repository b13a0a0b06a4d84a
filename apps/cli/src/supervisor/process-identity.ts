import { readFileSync } from 'node:fs';

/**
 * When a process was started, in the kernel's ticks: with its pid it names one process for ever, where a pid alone
 * may pass to another. Undefined where the kernel does not tell or the process is gone.
 */
export function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces: count the fields after it. Start time is field 22 of proc(5).
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined; // gone, or no /proc on this system: both mean "cannot tell"
  }
}
