import type { ImportProblem } from '@app/contracts';
import { StationCode } from '@app/contracts';
import { DomainError } from '@app/platform';
import { type CameraSource, parseSource } from '../camera-source';
import { brokenTimes, type ElectionTimes, type OwnTimes, timesAt } from '../election';
import type { Columns } from './columns';
import { readLocalTime } from './local-time';
import { isTimezone } from './timezone';

export interface ImportedCamera {
  name: string;
  position: number;
  source: CameraSource;
}

export interface ImportedStation extends OwnTimes {
  line: number;
  code: string;
  name: string;
  /** Names from the outermost region down. */
  region: string[];
  address: string | null;
  lat: number | null;
  lon: number | null;
  timezone: string;
  cameras: ImportedCamera[];
}

const MAX_TEXT = 200;

/** Reads one row. `line` is where it starts; what it says of times is held against those of the election. Every bad cell is a problem of its own; a row with any is no station. */
export function readStation(
  cells: readonly string[],
  columns: Columns,
  line: number,
  election: ElectionTimes,
): ImportedStation | ImportProblem[] {
  const problems: ImportProblem[] = [];
  const problem = (index: number, code: string, message: string): void =>
    void problems.push({ line, column: index + 1, code, message });
  if (cells.length !== columns.width) {
    const message = `The row has ${cells.length} cells, the first line has ${columns.width}.`;
    return [{ line, column: Math.min(cells.length, columns.width) + 1, code: 'row.length', message }];
  }
  cells.forEach((cell, index) => {
    if (hasControls(cell)) problem(index, 'cell.control-character', 'The cell holds a line break or another control character.');
  });
  if (problems.length > 0) return problems;
  const cell = new Cells(cells, columns, problem);
  const station: ImportedStation = {
    line,
    code: cell.code(),
    name: cell.text('name'),
    region: cell.region(),
    address: cell.optional('address'),
    ...cell.place(),
    timezone: cell.timezone(),
    ...cell.times(election),
    cameras: cell.cameras(),
  };
  return problems.length > 0 ? problems : station;
}

type Report = (index: number, code: string, message: string) => void;
type PlainColumn = keyof Columns['plain'];

class Cells {
  constructor(
    private readonly cells: readonly string[],
    private readonly columns: Columns,
    private readonly report: Report,
  ) {}

  code(): string {
    const code = this.read('code');
    if (!StationCode.safeParse(code).success)
      this.bad('code', 'station.code', 'A code starts with a letter or digit; then letters, digits and . _ / -, 40 at most.');
    return code;
  }

  text(column: PlainColumn): string {
    const text = this.read(column);
    if (text === '') this.bad(column, 'cell.empty', `The ${column} is missing.`);
    if (text.length > MAX_TEXT) this.bad(column, 'cell.too-long', `The ${column} has more than ${MAX_TEXT} characters.`);
    return text;
  }

  optional(column: PlainColumn): string | null {
    return this.read(column) === '' ? null : this.text(column);
  }

  region(): string[] {
    const names = this.text('region')
      .split('/')
      .map((name) => name.trim());
    if (names.length > 1 && names.includes(''))
      this.bad('region', 'region.path', 'A region is written Outer/Inner, without empty parts.');
    if (names.length > 8) this.bad('region', 'region.path', 'Regions are nested more than 8 deep.');
    return names;
  }

  place(): { lat: number | null; lon: number | null } {
    const lat = this.degrees('lat', 90);
    const lon = this.degrees('lon', 180);
    if ((this.read('lat') === '') !== (this.read('lon') === ''))
      this.bad(this.read('lat') === '' ? 'lat' : 'lon', 'cell.empty', 'Latitude and longitude come together.');
    return { lat, lon };
  }

  timezone(): string {
    const timezone = this.text('timezone');
    if (timezone !== '' && !isTimezone(timezone))
      this.bad('timezone', 'station.timezone', 'This is no time zone; write one like Europe/Athens.');
    return timezone;
  }

  /** By the clock of the station; empty: as the election. */
  times(election: ElectionTimes): OwnTimes {
    const own = { opens_at: this.time('opens_at'), closes_at: this.time('closes_at'), count_ends_at: this.time('count_ends_at') };
    const told = Object.values(own).filter((at) => at !== null);
    if (told.length === 0 || told.some((at) => Number.isNaN(at.getTime()))) return own;
    for (const { field, rule } of brokenTimes(timesAt(own, election))) {
      const column = field === 'closesAt' ? 'closes_at' : 'count_ends_at';
      this.bad(this.columns.plain[column] === undefined ? 'opens_at' : column, 'station.times', `${column} ${rule}.`);
    }
    return own;
  }

  cameras(): ImportedCamera[] {
    const cameras: ImportedCamera[] = [];
    for (const { position, name: nameAt, source: sourceAt } of this.columns.cameras) {
      const name = this.at(nameAt);
      const text = this.at(sourceAt);
      if (name === '' && text === '') continue;
      if (name === '' || text === '') {
        this.report(name === '' ? nameAt : sourceAt, 'cell.empty', 'Name and source of a camera come together.');
        continue;
      }
      if (name.length > 120) this.report(nameAt, 'cell.too-long', 'The name has more than 120 characters.');
      if (cameras.some((camera) => camera.name === name))
        this.report(nameAt, 'camera.name-taken', 'This station has a camera of this name already.');
      const source = this.source(text, sourceAt);
      if (source) cameras.push({ name, position, source });
    }
    return cameras;
  }

  private source(text: string, index: number): CameraSource | undefined {
    try {
      return parseSource(text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.report(index, error.code, error.message);
      return undefined;
    }
  }

  /** An invalid date stands for what was reported. */
  private time(column: 'opens_at' | 'closes_at' | 'count_ends_at'): Date | null {
    const text = this.read(column);
    const timezone = this.read('timezone');
    if (text === '' || !isTimezone(timezone)) return null;
    const time = readLocalTime(text, timezone);
    if (time.kind === 'time') return time.at;
    const problem =
      time.kind === 'unreadable'
        ? 'This is no time; write one like 2026-10-25T07:00, by the clock of the station.'
        : `The clocks of ${timezone} leave this time out.`;
    this.bad(column, 'station.time', problem);
    return new Date(NaN);
  }

  private degrees(column: 'lat' | 'lon', limit: number): number | null {
    const text = this.read(column);
    if (text === '') return null;
    const degrees = /^[+-]?\d{1,3}(\.\d{1,15})?$/.test(text) ? Number(text) : NaN;
    if (!(Math.abs(degrees) <= limit)) this.bad(column, `station.${column}`, `This is no number from -${limit} to ${limit}.`);
    return degrees;
  }

  private bad(column: PlainColumn, code: string, message: string): void {
    this.report(this.columns.plain[column] ?? 0, code, message);
  }

  private read(column: PlainColumn): string {
    return this.at(this.columns.plain[column]);
  }

  private at(index: number | undefined): string {
    return index === undefined ? '' : (this.cells[index] ?? '').trim();
  }
}

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
