import { Controller } from '@nestjs/common';
import type { RepeatKey } from '@app/database';
import { type ManagedCamera, type Page, type ProbeResult, type RegisteredCamera, type RouteInput, routes } from '@app/contracts';
import { CameraProbe, CameraRegistry, Cameras } from '@app/elections';
import { Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';

@Controller()
export class CamerasController {
  constructor(
    private readonly cameras: Cameras,
    private readonly registry: CameraRegistry,
    private readonly cameraProbe: CameraProbe,
  ) {}

  @Endpoint(routes.listCameras)
  list(@Input() { query }: RouteInput<typeof routes.listCameras>): Promise<Page<ManagedCamera>> {
    return this.cameras.list(query);
  }

  @Endpoint(routes.registerCamera)
  register(
    @Input() { body }: RouteInput<typeof routes.registerCamera>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<RegisteredCamera> {
    return this.registry.register(body, repeat);
  }

  @Endpoint(routes.getCamera)
  get(@Input() { params }: RouteInput<typeof routes.getCamera>): Promise<ManagedCamera> {
    return this.cameras.get(params.id);
  }

  @Endpoint(routes.changeCamera)
  change(@Input() { params, body }: RouteInput<typeof routes.changeCamera>): Promise<RegisteredCamera> {
    return this.registry.change(params.id, body);
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
