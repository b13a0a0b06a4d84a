import type { CheckDevice, CheckFinding, CheckFindingCode, OptionCount } from '@app/contracts';

/** What the register says of a device, and when its station was to open. */
export interface RegisteredDevice {
  serial: string;
  seals: readonly string[];
  opensAt: Date;
}

/** Codes of the taxonomy: zero state not shown, swapped device, unattended access, results that differ. */
const INCIDENTS: Readonly<Record<CheckFindingCode, string>> = {
  'serial-differs': 'EVT-02',
  'seal-differs': 'EVT-03',
  'zero-tape-missing': 'EVT-01',
  'zero-tape-late': 'EVT-01',
  'zero-tape-not-zero': 'EVT-01',
  'result-tape-missing': 'EVT-04',
  'totals-differ': 'EVT-04',
};

type Tape = Pick<CheckDevice, 'kind' | 'observedAt' | 'serial' | 'seals' | 'printed' | 'printedAt' | 'numbers' | 'protocol'>;

/** What differs between a device, its tape, the register and the protocol. */
export function findingsOf(check: Tape, device: RegisteredDevice): CheckFinding[] {
  const found = (code: CheckFindingCode, isSo: boolean, expected: string, seen: string): CheckFinding[] =>
    isSo ? [{ code, incident: INCIDENTS[code], expected, found: seen }] : [];
  const seals = { expected: listed(device.seals), seen: listed(check.seals) };
  return [
    ...found('serial-differs', plain(check.serial) !== plain(device.serial), device.serial, check.serial),
    ...found('seal-differs', asSet(device.seals) !== asSet(check.seals), seals.expected, seals.seen),
    ...(check.kind === 'zero-tape' ? zeroFindings(check, device, found) : resultFindings(check, found)),
  ];
}

type Found = (code: CheckFindingCode, isSo: boolean, expected: string, seen: string) => CheckFinding[];

function zeroFindings(
  { printed, printedAt, observedAt, numbers }: Tape,
  { opensAt }: RegisteredDevice,
  found: Found,
): CheckFinding[] {
  if (!printed) return found('zero-tape-missing', true, 'printed', '-');
  // A tape without a time was printed at the latest when it was looked at; that proves nothing of when it was printed.
  const isLate = printedAt !== null && Date.parse(printedAt) > opensAt.getTime();
  const notZero = numbers.filter(({ count }) => count !== 0);
  return [
    ...found('zero-tape-late', isLate, `≤ ${opensAt.toISOString()}`, printedAt ?? observedAt),
    ...found('zero-tape-not-zero', notZero.length > 0, '0', notZero.map(worded).join('; ')),
  ];
}

function resultFindings({ printed, numbers, protocol }: Tape, found: Found): CheckFinding[] {
  if (!printed) return found('result-tape-missing', true, 'printed', '-');
  // Nothing to hold it against: the observer saw no protocol.
  if (protocol.length === 0) return [];
  const onTape = new Map(numbers.map(({ option, count }) => [option, count]));
  const inProtocol = new Map(protocol.map(({ option, count }) => [option, count]));
  const differing = [...new Set([...onTape.keys(), ...inProtocol.keys()])].filter(
    (option) => onTape.get(option) !== inProtocol.get(option),
  );
  const told = (numbers: ReadonlyMap<string, number>): string =>
    differing.map((option) => `${option}: ${numbers.get(option) ?? '-'}`).join('; ');
  return found('totals-differ', differing.length > 0, told(inProtocol), told(onTape));
}

const worded = ({ option, count }: OptionCount): string => `${option}: ${count}`;
const listed = (seals: readonly string[]): string =>
  seals.length === 0
    ? '-'
    : [...seals]
        .map((seal) => seal.trim())
        .sort()
        .join(', ');
const asSet = (seals: readonly string[]): string => [...new Set(seals.map(plain))].sort().join(' ');
/** Case and spaces are typed as they come. */
const plain = (text: string): string => text.replace(/\s+/g, '').toUpperCase();
