import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import type { Incident } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';
import { EventPlaces } from './event-places';
import { OpenSockets } from './open-sockets';
import { roomOfUser, roomsFor } from './rooms';

/** A right that ended is noticed after this long at most, also while no message of other processes arrives. */
export const RIGHTS_CHECK_MS = 4_000;

/**
 * Hands events of other processes to browsers. Sockets need a session or a token and only listen: there is no message
 * that they may send. What they hear is a hint; HTTP is the truth.
 */
@WebSocketGateway({ path: '/realtime', serveClient: false, maxHttpBufferSize: 10_000 })
export class RealtimeGateway implements OnGatewayInit<Server>, OnGatewayConnection<Socket>, OnModuleDestroy {
  private readonly stopListening: (() => void)[] = [];
  private rightsCheck: NodeJS.Timeout | undefined;

  constructor(
    private readonly sockets: OpenSockets,
    private readonly places: EventPlaces,
    private readonly fanout: Fanout,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(server: Server): void {
    server.use((socket, next) => {
      this.sockets.admit(socket).then(
        () => next(),
        (error: Error) => next(error),
      );
    });
    this.rightsCheck = setInterval(() => this.lookAgain(server), RIGHTS_CHECK_MS);
    this.rightsCheck.unref();
    this.stopListening.push(
      this.fanout.on('RightsChanged', ({ userIds }) => this.lookAgain(server, userIds)),
      this.fanout.on('CameraStateChanged', (payload) => void server.emit('CameraStateChanged', payload)),
      ...(['IncidentFlagged', 'IncidentChanged'] as const).map((name) =>
        this.fanout.on(name, (payload) => {
          this.listenersOf(payload.incident).then(
            (rooms) => server.to(rooms).emit(name, payload),
            (error: unknown) => this.logger.warn({ err: error, event: name }, 'an event could not be handed on'),
          );
        }),
      ),
    );
  }

  async handleConnection(socket: Socket): Promise<void> {
    await this.sockets.enterRooms(socket);
  }

  onModuleDestroy(): void {
    clearInterval(this.rightsCheck);
    for (const stop of this.stopListening) stop();
  }

  private lookAgain(server: Server, userIds?: readonly string[]): void {
    this.sockets
      .lookAgain(server, userIds)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the rights of sockets could not be checked'));
  }

  /** Whoever may read all incidents there, and the reporter; a socket in both rooms hears it once. */
  private async listenersOf({ camera, reporter }: Incident): Promise<string[]> {
    const place = await this.places.ofCamera(camera.id);
    return [roomOfUser(reporter.id), ...(place ? roomsFor('incident.read-all', place) : [])];
  }
}
