import { ProgressBar } from './progress-bar';

const screen = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
};

describe(ProgressBar, () => {
  it('is written over on a terminal, ten times a second, and removed', () => {
    const terminal = screen(true);
    let nowMs = 0;
    const bar = new ProgressBar(terminal, () => nowMs);
    bar.show({ done: 1, total: 4 });
    bar.show({ done: 2, total: 4 });
    nowMs = 100;
    bar.show({ done: 5, total: 4 });
    bar.clear();
    expect(terminal.written).toHaveLength(3);
    expect(terminal.written[0]).toMatch(/^\r█{8}░{22} {2}25 % {2}1 rows/);
    expect(terminal.written[1]).toMatch(/100 %/);
    expect(terminal.written[2]).toBe('\r\u001b[K');
  });

  it('is not shown where nobody looks', () => {
    const file = screen(false);
    const bar = new ProgressBar(file, () => 0);
    bar.show({ done: 1, total: 4 });
    bar.clear();
    expect(file.written).toEqual([]);
  });
});
