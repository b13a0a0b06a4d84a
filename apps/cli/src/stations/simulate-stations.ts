import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { type Config, loadConfig } from '@app/config';
import type { Db } from '@app/database';
import { type FfmpegTools, locateFfmpeg } from '@app/ffmpeg';
import { fileExists } from '@app/platform';
import { drawLoops, loopsDirectory, readPlan, Simulator, type SimulatorPlan, writePlan } from '@app/simulator';
import { newPort } from '../seed/ports';
import { codeOf, type Shape, simulatedCameras, stationsCsv, wantedCameras } from './simulated-stations';
import { withStations } from './station-access';

/** Each is a stream, and two of three an ffmpeg: more belong on a machine of their own. */
const MOST_CAMERAS = 500;
const MOST_PER_STATION = 16;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Streams {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/**
 * `pollglass simulate --stations N --cameras-per-station M`: registers as many stations in the election of the day, and streams their
 * cameras (RTMP pushed, RTSP, SRT) until it is stopped. The same numbers again are the same stations and cameras.
 * @returns 0 stopped, 2 bad arguments or settings, 3 it could not be done
 */
export async function simulateStations(
  args: readonly string[],
  env: Record<string, string | undefined>,
  { stdout, stderr }: Streams,
): Promise<0 | 2 | 3> {
  let shape: Shape;
  let config: Config;
  try {
    shape = readShape(args);
    config = loadConfig(env);
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const stopped = Promise.race(SIGNALS.map((signal) => once(process, signal)));
  try {
    const tools = await locateFfmpeg({ ffmpegPath: config.ffmpegPath, path: env['PATH'] ?? '' });
    stdout.write('Drawing what the cameras show, where it is not there yet.\n');
    const plan = await registeredPlan(shape, config, tools);
    const directory = loopsDirectory(config.dataDirectory);
    const onProblem = (camera: string, error: unknown) => void stderr.write(`${camera} cannot be shown: ${String(error)}\n`);
    const simulator = new Simulator({ plan, tools, directory, onProblem });
    await simulator.start();
    stdout.write(`${shape.stations} stations, ${plan.cameras.length} cameras: ${codeOf(shape, 0)} and on. Ctrl-C ends them.\n`);
    void simulator.prepared.then(() => stdout.write('All of them stream.\n'));
    await stopped;
    await simulator.stop();
    return 0;
  } catch (error) {
    stderr.write(`The cameras could not be simulated: ${error instanceof Error ? error.message : String(error)}\n`);
    return 3;
  }
}

/** @throws with all problems at once */
function readShape(args: readonly string[]): Shape {
  const { values } = parseArgs({
    args: [...args],
    options: { stations: { type: 'string' }, 'cameras-per-station': { type: 'string' } },
  });
  const shape = { stations: Number(values.stations), camerasPerStation: Number(values['cameras-per-station'] ?? 2) };
  const problems: string[] = [];
  if (!(Number.isInteger(shape.stations) && shape.stations > 0)) problems.push('--stations is a whole number from 1 on');
  const perStation = shape.camerasPerStation;
  if (!(Number.isInteger(perStation) && perStation > 0 && perStation <= MOST_PER_STATION))
    problems.push(`--cameras-per-station is a whole number from 1 to ${MOST_PER_STATION}`);
  if (shape.stations * perStation > MOST_CAMERAS) problems.push(`one machine simulates at most ${MOST_CAMERAS} cameras`);
  if (problems.length > 0) throw new Error(`simulate cannot be run:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return shape;
}

/**
 * The plan of an earlier time where its stations are still there; else they are registered, once their cameras can stream: one that
 * is called too early is an incident. @throws when a camera cannot be drawn
 */
function registeredPlan(shape: Shape, config: Config, tools: FfmpegTools): Promise<SimulatorPlan> {
  const directory = loopsDirectory(config.dataDirectory);
  const file = join(config.dataDirectory, `simulated-${shape.stations}x${shape.camerasPerStation}.json`);
  return withStations(config, async ({ db, stations }) => {
    if ((await fileExists(file)) && (await isRegistered(db, codeOf(shape, 0)))) {
      const plan = await readPlan(file);
      await drawLoops(tools, directory, plan.cameras);
      return plan;
    }
    const taken = new Set([config.http.port, config.rtmp.port]);
    const ports = { rtsp: await newPort('tcp', taken), srt: () => newPort('udp', taken) };
    const wanted = await wantedCameras(shape, ports, tools.capabilities.srt);
    await drawLoops(tools, directory, wanted);
    const { push } = await stations.import(Readable.from([Buffer.from(stationsCsv(wanted, timezoneHere()))]), { dryRun: false });
    await writePlan(file, { cameras: simulatedCameras(wanted, push, config.rtmp.port) });
    return readPlan(file);
  });
}

async function isRegistered(db: Db, code: string): Promise<boolean> {
  return (await db.selectFrom('stations').select('id').where('code', '=', code).executeTakeFirst()) !== undefined;
}

const timezoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
