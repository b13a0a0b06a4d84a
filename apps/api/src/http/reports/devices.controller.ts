import { Controller } from '@nestjs/common';
import type { CurrentSession } from '@app/access';
import { type Device, type DeviceCheck, type Incident, type RouteInput, routes } from '@app/contracts';
import { type RepeatKey, requestHash } from '@app/database';
import { FlagService } from '@app/incidents';
import { DeviceChecks, DeviceRegister } from '@app/reports';
import { CurrentUser, Endpoint, Input } from '../endpoint';
import { Repeat } from '../repeat';

@Controller()
export class DevicesController {
  constructor(
    private readonly register: DeviceRegister,
    private readonly checks: DeviceChecks,
    private readonly flags: FlagService,
  ) {}

  @Endpoint(routes.listDevices)
  async list(
    @CurrentUser() session: CurrentSession,
    @Input() { params }: RouteInput<typeof routes.listDevices>,
  ): Promise<{ items: Device[] }> {
    return { items: await this.register.list(session, params.code) };
  }

  @Endpoint(routes.registerDevice)
  enter(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.registerDevice>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<Device> {
    return this.register.register(session, params.code, body, repeat);
  }

  @Endpoint(routes.changeDevice)
  change(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.changeDevice>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<Device> {
    return this.register.change(session, params.code, params.deviceId, body, repeat);
  }

  @Endpoint(routes.checkDevice)
  check(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.checkDevice>,
    @Repeat() repeat: RepeatKey | undefined,
  ): Promise<DeviceCheck> {
    return this.checks.check(session, params.code, params.deviceId, body, repeat);
  }

  /** The flag is one transaction and its link another: the key makes a repetition after a crash end with the same incident. */
  @Endpoint(routes.flagDeviceCheck)
  async flag(
    @CurrentUser() session: CurrentSession,
    @Input() { params, body }: RouteInput<typeof routes.flagDeviceCheck>,
  ): Promise<Incident> {
    const { cameraId, incident: code, observedAt, note } = await this.checks.flaggable(session, params.id, body.finding);
    const at = observedAt.toISOString();
    const flag = { cameraId, at, code, note, clock: { pressedAt: at, delayMs: 0 } };
    const repeat = {
      userId: session.user.id,
      route: `${routes.flagDeviceCheck.method} ${routes.flagDeviceCheck.path}`,
      key: `${params.id} ${body.finding}`,
      requestHash: requestHash(body),
    };
    const incident = await this.flags.flag(session, flag, repeat);
    await this.checks.flagged(session, params.id, body.finding, incident.id);
    return incident;
  }
}
