import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase, type Db } from '@app/database';
import { startPostgresServer, type PostgresServer } from '@app/postgres-server';
import type { SimulatorPlan } from '@app/simulator';
import { copyTodaysPostgres, temporaryDirectory } from '@app/testing';
import { runCli } from './cli';
import { newPlace } from './incidents/fixtures';

const HEAD = 'code,name,region,timezone,camera1_name,camera1_source\n';

let data: string;
let server: PostgresServer;
let db: Db;
const pollglass = (args: string[], during: Parameters<typeof runCli>[2] = {}, env: Record<string, string> = {}) =>
  runCli(args, { POLLGLASS_DATA: data, DATABASE_URL: server.url, ...env }, during);
const written = async (name: string, text: string): Promise<string> => {
  await writeFile(join(data, name), text);
  return join(data, name);
};
const stationCodes = async (): Promise<string[]> =>
  (await db.selectFrom('stations').select('code').where('code', 'not like', '________').orderBy('code').execute()).map(
    ({ code }) => code,
  );

beforeAll(async () => {
  data = await temporaryDirectory('pollglass-stations-');
  await copyTodaysPostgres(join(data, 'postgres'));
  server = await startPostgresServer({ directory: join(data, 'postgres'), durable: false });
  db = createDatabase(server.url, { maxConnections: 1, onIdleError: () => undefined });
  await newPlace(db);
});
afterAll(async () => {
  await db?.destroy();
  await server?.stop();
  await rm(data, { recursive: true, force: true });
});

describe('pollglass import', () => {
  it('tells every bad row by line and column, and writes nothing', async () => {
    const bad = `${HEAD}1,School 1,North,Europe/Prague,Overview,push:rtmp\n2,,North,Nowhere/Town,Overview,file:///etc/passwd\n`;
    const { code, stdout, stderr } = await pollglass(['import', await written('bad.csv', bad)]);
    expect([code, stdout]).toEqual([1, '']);
    for (const place of ['line 3, column 2', 'line 3, column 4', 'line 3, column 6']) expect(stderr).toContain(place);
    const asJson = await pollglass(['import', join(data, 'bad.csv'), '--json']);
    expect(asJson).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      code: 'import.invalid',
      problems: [{ line: 3 }, { line: 3 }, { line: 3 }],
    });
    expect(await stationCodes()).toEqual([]);
  });

  it('tries without writing, imports what is piped in, tells the keys of pushed cameras, and takes the same file twice', async () => {
    const rows = `${HEAD}1,School 1,North,Europe/Prague,Overview,push:rtmp\n2,School 2,North,Europe/Prague,Overview,rtsp://10.0.0.9/2\n`;
    const file = await written('good.csv', rows);
    const tried = await pollglass(['import', file, '--dry-run']);
    expect(tried).toMatchObject({ code: 0, stdout: '2 stations and 2 cameras would be imported; nothing was written.\n' });
    expect(await stationCodes()).toEqual([]);
    const done = await pollglass(['import', '-'], { stdin: rows });
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/^2 stations and 2 cameras were imported\.\n1\tOverview\trtmp:\/\/\S+\t\w+\n$/);
    expect(await stationCodes()).toEqual(['1', '2']);
    expect((await pollglass(['import', file])).stdout).toBe('0 stations and 0 cameras were imported.\n');
  });

  it('ends with 2 for bad arguments and settings, and with 3 where it could not be tried', async () => {
    expect(await pollglass(['import'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('pollglass import <file.csv>'),
    });
    expect(await pollglass(['import', 'a.csv', '--force'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--force'),
    });
    expect(await pollglass(['import', 'a.csv'], {}, { PORT: 'none' })).toMatchObject({ code: 2 });
    expect(await pollglass(['import', join(data, 'none.csv')])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('ENOENT'),
    });
    const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect(await pollglass(['import', join(data, 'good.csv')], {}, nowhere)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('ECONNREFUSED'),
    });
  });
});

describe('pollglass simulate', () => {
  const simulate = () =>
    pollglass(['simulate', '--stations', '2', '--cameras-per-station', '1'], {
      onOutput: (stdout, child) => stdout.includes('All of them stream') && child.kill('SIGINT'),
    });

  it('registers stations whose cameras it streams until Ctrl-C, and the same ones the next time', async () => {
    expect(await simulate()).toMatchObject({ code: 0, stderr: '' });
    const ours = () => stationCodes().then((codes) => codes.filter((code) => code.startsWith('S2X1-')));
    expect(await ours()).toEqual(['S2X1-0001', 'S2X1-0002']);
    const file = join(data, 'simulated-2x1.json');
    // It holds passwords and stream keys.
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const plan = JSON.parse(await readFile(file, 'utf8')) as SimulatorPlan;
    expect(plan.cameras.map(({ kind }) => kind)).toEqual(['rtmp-push', 'rtsp']);
    expect(await simulate()).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(plan);
    expect(await ours()).toEqual(['S2X1-0001', 'S2X1-0002']);
  });

  it('registers nothing whose cameras cannot be drawn', async () => {
    const ffmpeg = await written('ffmpeg', '#!/bin/sh\ncase "$*" in *-version) echo "ffmpeg version 9.9 Copyright";; esac\n');
    await chmod(ffmpeg, 0o755);
    const { code, stderr } = await pollglass(['simulate', '--stations', '3'], {}, { FFMPEG_PATH: ffmpeg });
    expect([code, stderr]).toEqual([3, expect.stringContaining('6 simulated cameras cannot be drawn')]);
    expect((await stationCodes()).filter((each) => each.startsWith('S3X2-'))).toEqual([]);
  });

  it('names all that is wrong with its numbers', async () => {
    const { code, stderr } = await pollglass(['simulate', '--stations', '0.5', '--cameras-per-station', '99']);
    expect(code).toBe(2);
    for (const name of ['--stations', '--cameras-per-station']) expect(stderr).toContain(name);
    expect(await pollglass(['simulate', '--stations', '400', '--cameras-per-station', '2'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('at most 500 cameras'),
    });
  });
});
