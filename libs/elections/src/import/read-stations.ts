import type { ImportProblem } from '@app/contracts';
import type { ElectionTimes } from '../election';
import { readColumns } from './columns';
import { readSheet } from './read-sheet';
import { type ImportedStation, readStation } from './station-row';

export interface ReadStations {
  stations: ImportedStation[];
  problems: ImportProblem[];
}

/** Reads a CSV of stations. @throws DomainError `request.too-large` */
export async function readStations(body: AsyncIterable<Buffer>, election: ElectionTimes): Promise<ReadStations> {
  const { rows, problems } = await readSheet(body, {
    columns: readColumns,
    row: (cells, columns, line) => readStation(cells, columns, line, election),
    identity: ({ code }) => ({ key: code, column: 1, code: 'station.duplicate', what: 'code' }),
  });
  return { stations: rows, problems };
}
