import { jsonText, writeManifest, checksumLines, type PackedCamera } from '../../evidence/src/package/manifest';
import type { CaseFile } from '../../evidence/src/package/case-file';
import { sha256Of } from '../../evidence/src/package/sha256';

const ZERO = Date.parse('2026-10-25T09:00:00.000Z');
const RUN = '0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d11';
export const at = (seconds: number): string => new Date(ZERO + seconds * 1000).toISOString();

const CASE: CaseFile = {
  incident: {
    id: 'e588c913-6cdb-48cd-9b4d-15ce17b9031e',
    number: 7,
    state: 'decided',
    outcome: 'confirmed',
    code: 'VOT-01',
    codeLabels: { en: 'Ballot-box stuffing' },
    severity: 'S1',
    note: null,
    at: at(4),
    from: at(2),
    to: at(12),
    clock: { pressedAt: at(6), delayMs: 2_000, receivedAt: at(6.2) },
    version: 3,
  },
  election: { id: 'f1', name: 'Election' },
  station: { id: 's1', code: '0412', name: 'School', address: null, timezone: 'Asia/Tashkent', regions: ['North'] },
  cameras: [{ id: 'c1', name: 'Ballot box', number: 1, isFlagged: true }],
  versions: [],
  events: [],
  decisions: [],
};

export type Files = Map<string, Buffer>;

export interface Sample {
  camera: PackedCamera;
  files: Files;
}

/** Six segments of two seconds of one camera, the first of them before the range. */
export function newSample(): Sample {
  const init = Buffer.from('init segment');
  const initPath = `footage/camera-1/${RUN}/init.mp4`;
  const files: Files = new Map([
    [initPath, init],
    ['README.txt', Buffer.from('How to check')],
    ['case/incident.json', Buffer.from('{}\n')],
  ]);
  const segments = [0, 1, 2, 3, 4, 5].map((index): PackedCamera['segments'][number] => {
    const bytes = Buffer.alloc(500 + index, index + 1);
    const path = `footage/camera-1/${RUN}/00000010${index}.m4s`;
    files.set(path, bytes);
    const stored = { file: 'c/r/0.m4s', offset: index * 600, length: bytes.length, sha256: sha256Of(bytes), deletedAt: null };
    const row = {
      mediaSequence: 100 + index,
      kind: 'media' as const,
      runId: RUN,
      startsAt: ZERO + index * 2_000,
      durationMs: 2_000,
    };
    return { row: { ...row, independent: true, ...stored }, fate: { state: 'original', path }, isLeadIn: index === 0 };
  });
  const inits = [{ runId: RUN, path: initPath, bytes: init.length, sha256: sha256Of(init) }];
  return { camera: { id: 'c1', name: 'Ballot box', number: 1, inits, segments, gaps: [] }, files };
}

/** Adds the lists that belong to it, as a package has them. */
export function sealed({ camera, files }: Sample): Files {
  const packed = [...files].map(([path, bytes]) => ({
    path,
    kind: 'original' as const,
    bytes: bytes.length,
    sha256: sha256Of(bytes),
  }));
  const manifest = Buffer.from(writeManifest(CASE, [camera], packed));
  const exported = Buffer.from(jsonText({ reason: 'r', recipient: 'x', manifestSha256: sha256Of(manifest) }));
  const all: Files = new Map([
    ...files,
    ['manifest.json', manifest],
    ['export/export.json', exported],
    ['export/custody.json', Buffer.from('[]\n')],
  ]);
  return withChecksums(all);
}

/** The checksums made anew: what somebody does who wants to hide a change. */
export function withChecksums(files: Files): Files {
  const listed = [...files].filter(([path]) => path !== 'SHA256SUMS');
  const lines = checksumLines(listed.map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256Of(bytes) })));
  return new Map([...listed, ['SHA256SUMS', Buffer.from(lines)]]);
}
