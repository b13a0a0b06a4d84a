/** Names in a package: ASCII, made from numbers and ids only, the same for the same case. */
export const MANIFEST = 'manifest.json';
export const CHECKSUMS = 'SHA256SUMS';
export const README = 'README.txt';
export const CASE_FILE = 'case/incident.json';
export const EVENTS_FILE = 'case/events.json';
export const DECISIONS_FILE = 'case/decisions.json';
export const GAPS_FILE = 'case/gaps.json';
/** What depends on who asked and when. The manifest knows nothing of these. */
export const EXPORT_FILE = 'export/export.json';
export const CUSTODY_FILE = 'export/custody.json';

export const reportName = (language: string): string => `report.${language}.pdf`;
export const initName = (camera: number, runId: string): string => `footage/camera-${camera}/${runId}/init.mp4`;
export const segmentName = (camera: number, runId: string, mediaSequence: number): string =>
  `footage/camera-${camera}/${runId}/${String(mediaSequence).padStart(9, '0')}.m4s`;

/** @param part counted from 1; undefined where one file holds everything */
export const workingCopyName = (camera: number, part: number | undefined): string =>
  `working-copies/camera-${camera}${part === undefined ? '' : `-part-${part}`}-WORKING-COPY-not-evidence.mp4`;

/** `2026-10-25T09-00-03.250Z`: a time that is a file name on every system. */
export const stillName = (camera: number, at: number): string =>
  `stills/camera-${camera}-${new Date(at).toISOString().replaceAll(':', '-')}.jpg`;

/** What a browser saves the package as. Station codes may hold slashes. */
export function packageFileName(incident: { number: number; stationCode: string }): string {
  const station = incident.stationCode.replace(/[^A-Za-z0-9._-]/g, '-');
  return `evidence-${station}-incident-${incident.number}.zip`;
}
