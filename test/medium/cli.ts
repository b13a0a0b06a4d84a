import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(__dirname, '..', '..', 'dist', 'apps', 'cli', 'src', 'main.js');

export interface CliEnd {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `pollglass` as it was built. @param env besides PATH, and without logs. @param during what happens while it runs */
export async function runCli(
  args: readonly string[],
  env: Record<string, string>,
  during: { stdin?: string; onOutput?: (stdout: string, child: ChildProcess) => void } = {},
): Promise<CliEnd> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'silent', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(during.stdin ?? '');
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
    during.onOutput?.(stdout, child);
  });
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, stdout, stderr };
}
