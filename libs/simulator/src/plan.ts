import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const PortNumber = z.number().int().min(1).max(65535);

const common = {
  /** Any text that is unique in the plan; the seed uses the id of the camera's row. */
  cameraId: z.string().min(1),
  /** Burnt into the picture, and picks the colours of the room: `0412`. */
  stationCode: z.string().min(1).max(40),
  /** Burnt into the picture. Letters the built-in 5x7 font lacks are drawn without their accent, or as a box. */
  stationName: z.string().min(1).max(120),
  /** Burnt into the picture: `Overview`, `Ballot box`. */
  cameraName: z.string().min(1).max(120),
  /** What is drawn: the whole room, or a close view of the ballot box. */
  scene: z.enum(['overview', 'ballot-box']),
};

/**
 * Waits to be pulled at `rtsp://<username>:<password>@127.0.0.1:<port><path>` (interleaved TCP, digest auth).
 * All RTSP cameras may share one port; cameras of one port differ in their path. Leave both `username` and
 * `password` out for a camera without a password.
 */
const RtspCamera = z
  .strictObject({
    kind: z.literal('rtsp'),
    ...common,
    port: PortNumber,
    path: z.string().regex(/^\/[A-Za-z0-9._/-]{1,120}$/, 'starts with a slash; then letters, digits and . _ / -'),
    username: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
  })
  .refine((camera) => (camera.username === undefined) === (camera.password === undefined), 'user and password come together');

/** Waits to be called at `srt://127.0.0.1:<port>?passphrase=…`. One caller at a time, so each camera has a port of its own (UDP). */
const SrtCamera = z.strictObject({
  kind: z.literal('srt'),
  ...common,
  port: PortNumber,
  /** 10 to 79 characters, SRT's own limits. */
  passphrase: z
    .string()
    .regex(/^[A-Za-z0-9_-]{10,79}$/, 'has 10 to 79 letters, digits, _ or -')
    .optional(),
});

/** Pushes to `url`, stream key included: `rtmp://127.0.0.1:1935/live/<key>`. Goes on trying while it is refused. */
const PushingCamera = z.strictObject({
  kind: z.literal('rtmp-push'),
  ...common,
  url: z.string().regex(/^rtmp:\/\//, 'starts with rtmp://'),
});

export const SimulatedCamera = z.discriminatedUnion('kind', [RtspCamera, SrtCamera, PushingCamera]);
export type SimulatedCamera = z.infer<typeof SimulatedCamera>;
export type RtspSimulatedCamera = z.infer<typeof RtspCamera>;
export type SrtSimulatedCamera = z.infer<typeof SrtCamera>;
export type PushingSimulatedCamera = z.infer<typeof PushingCamera>;

/**
 * What one simulator process streams. Kept as JSON (`<data>/demo-cameras.json`), readable by its owner only: it
 * holds passwords and stream keys. Everything listens on 127.0.0.1.
 */
export const SimulatorPlan = z.strictObject({ cameras: z.array(SimulatedCamera) }).check((context) => {
  const taken = new Set<string>();
  const rtspPorts = new Set(context.value.cameras.filter((camera) => camera.kind === 'rtsp').map((camera) => camera.port));
  context.value.cameras.forEach((camera, index) => {
    const claims = [`camera ${camera.cameraId}`];
    if (camera.kind === 'rtsp') claims.push(`rtsp ${camera.port}${camera.path}`);
    if (camera.kind === 'srt') claims.push(`srt ${camera.port}`);
    const clash = claims.find((claim) => taken.has(claim));
    if (clash)
      context.issues.push({ code: 'custom', input: camera, path: ['cameras', index], message: `${clash} is there twice` });
    claims.forEach((claim) => taken.add(claim));
  });
  // RTSP is TCP and SRT is UDP, so equal numbers would work; they would only confuse whoever reads the plan.
  const shared = context.value.cameras.find((camera) => camera.kind === 'srt' && rtspPorts.has(camera.port));
  if (shared)
    context.issues.push({ code: 'custom', input: shared, path: ['cameras'], message: 'an SRT port is also an RTSP port' });
});
export type SimulatorPlan = z.infer<typeof SimulatorPlan>;

/** Reads and checks a plan. Rejects with every problem of the file in one message. */
export async function readPlan(file: string): Promise<SimulatorPlan> {
  const parsed = SimulatorPlan.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
  throw new Error(`${file} is not a plan of simulated cameras:\n${problems.join('\n')}`);
}

/** Writes a plan atomically, mode 0600. Rejects a plan that `readPlan` would not take. */
export async function writePlan(file: string, plan: SimulatorPlan): Promise<void> {
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.part`;
  await writeFile(unfinished, `${JSON.stringify(SimulatorPlan.parse(plan), null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}
