import type { CaseFile } from './case-file';
import {
  CASE_FILE,
  CHECKSUMS,
  CUSTODY_FILE,
  DECISIONS_FILE,
  EVENTS_FILE,
  EXPORT_FILE,
  GAPS_FILE,
  MANIFEST,
} from './package-names';

/** How a stranger checks the package with nothing but what every computer has. */
export function writeReadme({ incident, station }: CaseFile, report: string): string {
  return `EVIDENCE PACKAGE
Incident ${incident.number} (${incident.id})
Polling station ${station.code}, ${station.timezone}
Range ${incident.from} to ${incident.to} (UTC)

WHAT IS IN IT
  ${report.padEnd(24)} the report, for people
  footage/                 ORIGINALS: recorded segments and init segments of all cameras
                           of the station, byte for byte as they were recorded
  working-copies/          the same media as MP4 files that any player shows.
                           For looking at. NOT EVIDENCE: their clock was changed.
  stills/                  single frames of the originals
  ${CASE_FILE.padEnd(24)} the incident and each of its versions
  ${EVENTS_FILE.padEnd(24)} what happened with it
  ${DECISIONS_FILE.padEnd(24)} what was decided, with reasons
  ${GAPS_FILE.padEnd(24)} time without footage, with causes
  ${MANIFEST.padEnd(24)} every file of the case with size and SHA-256, and of each
                           segment its number, its time, and where the recording has it
                           (file and offset)
  ${EXPORT_FILE.padEnd(24)} who asked for this package, when, why and for whom
  ${CUSTODY_FILE.padEnd(24)} who saw, changed or took what, up to then
  ${CHECKSUMS.padEnd(24)} SHA-256 of all files but itself

Names of reporters are in none of them.

HOW TO CHECK IT BY HAND
  1. Unpack the zip file, open a command line in its folder, and run
         sha256sum -c ${CHECKSUMS}
     (macOS: shasum -a 256 -c ${CHECKSUMS}). Each line ends with OK.
     Windows: certutil -hashfile <file> SHA256, for each file.
  2. ${MANIFEST} depends on the case alone: two packages of the same case, made for
     different people on different days, have the same ${MANIFEST}, byte for byte.
     Only the files below export/ differ, and with them ${CHECKSUMS}. Compare their SHA-256:
         sha256sum ${MANIFEST}
  3. To play originals: put the init segment and the segments of one run after each other.
         cat footage/camera-1/<run>/init.mp4 footage/camera-1/<run>/*.m4s > play.mp4
  4. With Pollglass installed, without a network:
         npx pollglass verify <zip file or folder>
     0 verified, 1 altered, 2 verified with declared gaps, 3 a gap that is not declared,
     5 no such package.

SEGMENTS THAT ARE NOT HERE
  ${MANIFEST} lists them with the hash they had when they were recorded: "deleted" (their time
  to be kept was over), "unavailable" (on record, but not to be had when this was made),
  "damaged" (the bytes differ from the recorded hash).

WHAT THIS PROVES, AND WHAT NOT
  The hashes prove that the files are those the package was made of, and the manifest that
  no recorded time of the range was left out without being named. Whoever can rewrite all
  files can also rewrite both lists: so compare the SHA-256 of the zip file, or of
  ${MANIFEST}, with what the commission gave out and keeps on record. There is no signature
  and no outside witness in this package. It proves nothing about the scene itself.
`;
}
