import type { PackageVerdict } from './check-package';
import type { Hole } from './coverage';

const TITLES: Record<PackageVerdict['kind'], string> = {
  verified: 'VERIFIED  every file is as the package says, and the range is shown without a gap',
  altered: 'ALTERED  this is not the package that was made',
  'declared-gaps': 'VERIFIED WITH DECLARED GAPS  every file is as the package says; what is not shown is named',
  'undeclared-gap': 'UNDECLARED GAP  time of the range is neither shown nor named',
};

/** What a person reads. */
export function verdictText(verdict: PackageVerdict): string {
  const lines = [
    TITLES[verdict.kind],
    `  ${verdict.files} files, ${verdict.bytes} bytes`,
    `  SHA-256 of manifest.json: ${verdict.manifestSha256}`,
    ...verdict.alterations.map((line) => `  ! ${line}`),
    ...verdict.undeclared.map((hole) => `  ! ${holeText(hole)}`),
    ...verdict.declared.map((hole) => `  - ${holeText(hole)}`),
    '  Proved is that the files fit each other. That they are those of the commission is proved only by',
    '  comparing the SHA-256 above, or that of the zip file, with what the commission gave out.',
  ];
  return `${lines.join('\n')}\n`;
}

function holeText({ camera, from, to, why }: Hole): string {
  return `${camera}: ${new Date(from).toISOString()} to ${new Date(to).toISOString()}: ${why}`;
}
