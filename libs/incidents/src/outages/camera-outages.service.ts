import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { DB, type Db, type Tx } from '@app/database';
import { Clock } from '@app/platform';
import { planRaises } from './outage-groups';
import { nextStep, type OutageStep } from './outage-rules';
import { OutageFollowUp } from './outage-follow-up';
import * as store from './outage-store';
import { type Failed, type Opened, type OutageRound, SystemIncidents } from './system-incidents';

interface Stepped<S extends OutageStep = OutageStep> {
  camera: store.WatchedCamera;
  step: S;
}
type StepOf<K extends OutageStep['kind']> = Extract<OutageStep, { kind: K }>;

/**
 * Makes incidents of cameras that fail. All that is known of an outage is in the database: any process may do the next round, and
 * one that was killed is gone on with.
 */
@Injectable()
export class CameraOutages {
  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly incidents: SystemIncidents,
    private readonly after: OutageFollowUp,
  ) {}

  /** Compares once. Does nothing while another process does. */
  async round(): Promise<void> {
    const now = this.clock.now();
    const opened = await this.db.transaction().execute(async (tx) => {
      if (!(await store.lockRound(tx))) return undefined;
      const cameras = await store.watchedCameras(tx);
      const steps = cameras.map((camera) => ({
        camera,
        step: nextStep(camera.outage, camera, now.getTime(), this.config.outages),
      }));
      const round: OutageRound = { tx, now, audits: [] };
      await this.note(tx, steps);
      const raised = await this.raise(round, steps, cameras);
      await this.end(round, only(steps, 'end'));
      await this.incidents.audit(round);
      return round.audits.length > 0 ? raised : undefined;
    });
    if (opened) this.after.announce(opened);
  }

  /** What nobody is told of. */
  private async note(tx: Tx, steps: readonly Stepped[]): Promise<void> {
    await store.beginOutages(
      tx,
      only(steps, 'begin').map(({ camera, step }) => ({ camera, fromMs: step.fromMs })),
    );
    await store.dropOutages(tx, only(steps, 'drop').flatMap(outageId));
    await store.setWell(tx, [
      ...only(steps, 'recover').flatMap((each) => outageId(each).map((id) => ({ id, wellSinceMs: each.step.wellSinceMs }))),
      ...only(steps, 'relapse').flatMap((each) => outageId(each).map((id) => ({ id, wellSinceMs: null }))),
    ]);
  }

  private async raise(round: OutageRound, steps: readonly Stepped[], cameras: readonly store.WatchedCamera[]): Promise<Opened[]> {
    const ripe = only(steps, 'raise').flatMap(({ camera }) => failed(camera));
    if (ripe.length === 0) return [];
    const { tx, now } = round;
    const fresh = await this.resume(round, ripe);
    const failing = cameras
      .filter(({ planned }) => planned)
      .flatMap(failed)
      .map(withTimes);
    const groups = await store.openGroups(tx, now.getTime());
    const plan = planRaises(fresh.map(withTimes), failing, groups, this.config.outages.groupAt);
    for (const { incidentId, members } of plan.joining) {
      await this.incidents.join(round, incidentId, members);
      await store.raisedAs(tx, incidentId, members);
    }
    const opened: Opened[] = [];
    const together = [...plan.groups.map(({ members }) => members), ...plan.singles.map((camera) => [camera])];
    for (const [index, members] of together.entries()) {
      const incident = await this.incidents.open(round, members, index < plan.groups.length);
      await store.raisedAs(tx, incident.incidentId, members);
      opened.push(incident);
    }
    return opened;
  }

  /** A camera that fails again goes on with its last incident. @returns the others */
  private async resume(round: OutageRound, ripe: readonly Failed[]): Promise<Failed[]> {
    const { tx, now } = round;
    const over = await store.justOver(
      tx,
      ripe.map(({ cameraId }) => cameraId),
      now.getTime(),
    );
    const again = new Map<string, Failed[]>();
    for (const camera of ripe) {
      const before = over.get(camera.cameraId);
      if (before) again.set(before.incidentId, [...(again.get(before.incidentId) ?? []), camera]);
    }
    for (const [incidentId, cameras] of again) {
      await store.goOn(
        tx,
        cameras.flatMap(({ cameraId, outage, reason }) => {
          const before = over.get(cameraId);
          return before ? [{ begunId: outage.id, overId: before.id, reason }] : [];
        }),
      );
      await this.incidents.resume(round, incidentId, cameras);
    }
    return ripe.filter(({ cameraId }) => !over.has(cameraId));
  }

  private async end(round: OutageRound, ending: readonly Stepped<StepOf<'end'>>[]): Promise<void> {
    const { tx } = round;
    const ended = ending.flatMap((each) => outageId(each).map((id) => ({ id, toMs: each.step.toMs })));
    await store.endOutages(tx, ended);
    const touched = new Map<string, { cameraId: string; atMs: number }[]>();
    for (const { camera, step } of ending) {
      const incidentId = camera.outage?.incidentId;
      if (incidentId)
        touched.set(incidentId, [...(touched.get(incidentId) ?? []), { cameraId: camera.cameraId, atMs: step.toMs }]);
    }
    for (const [incidentId, moments] of touched) await this.incidents.hold(tx, incidentId, moments);
    const over = await store.overIncidents(tx, [...touched.keys()]);
    for (const incident of over) await this.incidents.end(round, incident);
  }
}

function only<K extends OutageStep['kind']>(steps: readonly Stepped[], kind: K): Stepped<StepOf<K>>[] {
  return steps.flatMap(({ camera, step }) => (isOf(step, kind) ? [{ camera, step }] : []));
}

function isOf<K extends OutageStep['kind']>(step: OutageStep, kind: K): step is StepOf<K> {
  return step.kind === kind;
}

const outageId = ({ camera }: { camera: store.WatchedCamera }): string[] => (camera.outage ? [camera.outage.id] : []);

const failed = (camera: store.WatchedCamera): Failed[] => (camera.outage ? [{ ...camera, outage: camera.outage }] : []);

const withTimes = (camera: Failed): Failed & { fromMs: number } => ({ ...camera, fromMs: camera.outage.fromMs });
