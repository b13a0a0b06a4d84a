import { Controller } from '@nestjs/common';
import { type CurrentSession, reachOf, requireAccess } from '@app/access';
import type { RepeatKey } from '@app/database';
import {
  type ManagedCamera,
  type ProbeResult,
  type RegisteredCamera,
  type RouteInput,
  type RouteResponse,
  routes,
} from '@app/contracts';
import { CameraProbe, CameraRegistry, Cameras } from '@app/elections';
import { Uptimes } from '@app/recordings';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';
import { RequestPlaces } from '../request-places';

/** Of a camera that was deleted in between. */
const NOTHING_PLANNED = { plannedSeconds: 0, recordedSeconds: 0, uptime: null };

@Controller()
export class CamerasController {
  constructor(
    private readonly cameras: Cameras,
    private readonly registry: CameraRegistry,
    private readonly cameraProbe: CameraProbe,
    private readonly uptimes: Uptimes,
    private readonly places: RequestPlaces,
  ) {}

  @Endpoint(routes.listCameras)
  async list(
    @CurrentUser() session: CurrentSession,
    @Input() { query }: RouteInput<typeof routes.listCameras>,
  ): Promise<RouteResponse<typeof routes.listCameras>> {
    const reach = [...reachOf(session, 'camera.manage'), ...reachOf(session, 'camera.read-faults')];
    const page = await this.cameras.list(query, reach);
    const days = await this.uptimes.ofDay(page.items.map(({ id }) => id));
    return { ...page, items: page.items.map((camera) => ({ ...camera, day: days.get(camera.id) ?? NOTHING_PLANNED })) };
  }

  @Endpoint(routes.registerCamera)
  async register(
    @CurrentUser() session: CurrentSession,
    @Input() { body }: RouteInput<typeof routes.registerCamera>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<RegisteredCamera> {
    const place = await this.places.ofStation(body.stationCode);
    if (place) requireAccess(session, 'camera.manage', place);
    return this.registry.register(body, repeat);
  }

  @Endpoint(routes.getCamera)
  get(@Input() { params }: RouteInput<typeof routes.getCamera>): Promise<ManagedCamera> {
    return this.cameras.get(params.id);
  }

  @Endpoint(routes.changeCamera)
  change(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.changeCamera>,
  ): Promise<RegisteredCamera> {
    return this.registry.change(params.id, body, session.user.id);
  }

  @Endpoint(routes.deleteCamera)
  delete(@Input() { params }: RouteInput<typeof routes.deleteCamera>): Promise<void> {
    return this.registry.delete(params.id);
  }

  @Endpoint(routes.probeCamera)
  probe(@Input() { params }: RouteInput<typeof routes.probeCamera>): Promise<ProbeResult> {
    return this.cameraProbe.probe(params.id);
  }
}
