import { type FsckReport, ReportDraft } from '@app/recordings';
import { reportText } from './report-text';

describe(reportText, () => {
  it('says in two lines that all is well', () => {
    const draft = new ReportDraft();
    Object.assign(draft.counts, { cameras: 1, segments: 1_200, gaps: 2, files: 20, bytes: 123_456_789 });
    expect(reportText(draft.report())).toBe(
      '1 camera, 1,200 segments, 2 gaps, 20 files, 123.5 MB read.\nThe recording is clean.\n',
    );
  });

  it('has a line for each finding, and says what it leaves out', () => {
    const report: FsckReport = {
      clean: false,
      counts: { ...new ReportDraft().counts, unhashed: 1, openTails: 2 },
      findings: [
        { kind: 'altered', cameraId: 'c', mediaSequence: 5, file: 'c/r/0.m4s', message: 'Wrong.' },
        { kind: 'hole', cameraId: 'c', from: 'then', to: 'later', message: '3.000 s.' },
      ],
      findingsLeftOut: 4_000,
    };
    const lines = reportText(report).split('\n');
    expect(lines).toContain('altered: camera c, segment 5, c/r/0.m4s: Wrong.');
    expect(lines).toContain('hole: camera c, then to later: 3.000 s.');
    expect(lines).toContain('… and 4,000 more.');
    expect(lines).toContain('1 segment without a hash: only that their bytes are there is known.');
    expect(lines).toContain('2 files still being written, with bytes that have no row yet.');
    expect(lines).toContain('4,002 findings.');
  });
});
