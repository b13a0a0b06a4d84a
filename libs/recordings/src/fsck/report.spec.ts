import type { Finding } from './findings';
import { ReportDraft } from './report';

const finding = (message: string): Finding => ({ kind: 'hole', cameraId: 'camera', message });

describe(ReportDraft, () => {
  it('keeps the first findings and counts the others, also of cameras put together', () => {
    const [report, camera] = [new ReportDraft(3), new ReportDraft(2)];
    report.add(finding('a'));
    for (const message of ['b', 'c', 'd']) camera.add(finding(message));
    camera.counts.segments = 5;
    report.counts.segments = 1;
    report.merge(camera);
    report.add(finding('e'));
    expect(report.report()).toMatchObject({ clean: false, counts: { segments: 6 }, findingsLeftOut: 2 });
    expect(report.report().findings.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
  });

  it('is clean without a finding', () => {
    expect(new ReportDraft().report()).toMatchObject({ clean: true, findings: [], findingsLeftOut: 0 });
  });
});
