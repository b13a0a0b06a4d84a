import { Inject, type OnModuleDestroy } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { type CurrentSession, Sessions } from '@app/access';
import { CONFIG, type Config } from '@app/config';
import type { Incident, Permission } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';
import { isOurOwn } from '../http/same-site';

/** A session that ended or lost its permissions is noticed after this long at most. */
const SESSION_CHECK_MS = 60_000;

/** Everybody who holds a permission. */
export const roomOf = (permission: Permission): string => `may ${permission}`;
/** All sockets of one person. */
export const roomOfUser = (userId: string): string => `user ${userId}`;

/**
 * Hands events of other processes to browsers. Sockets need a session and only listen: there is no message that they
 * may send. What they hear is a hint; HTTP is the truth.
 */
@WebSocketGateway({ path: '/realtime', serveClient: false, maxHttpBufferSize: 10_000 })
export class RealtimeGateway implements OnGatewayInit<Server>, OnGatewayConnection<Socket>, OnModuleDestroy {
  private readonly stopListening: (() => void)[] = [];
  private sessionCheck: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly fanout: Fanout,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(server: Server): void {
    server.use((socket, next) => {
      this.admit(socket).then(
        () => next(),
        (error: Error) => next(error),
      );
    });
    this.sessionCheck = setInterval(() => void this.dropEnded(server), SESSION_CHECK_MS);
    this.sessionCheck.unref();
    this.stopListening.push(
      this.fanout.on('CameraStateChanged', (payload) => void server.emit('CameraStateChanged', payload)),
      ...(['IncidentFlagged', 'IncidentChanged'] as const).map((name) =>
        this.fanout.on(name, (payload) => void server.to(listenersOf(payload.incident)).emit(name, payload)),
      ),
    );
  }

  async handleConnection(socket: Socket): Promise<void> {
    const { user, permissions } = sessionOf(socket);
    await socket.join([roomOfUser(user.id), ...permissions.map(roomOf)]);
  }

  onModuleDestroy(): void {
    clearInterval(this.sessionCheck);
    for (const stop of this.stopListening) stop();
  }

  /** Rejects with a stable code, which the client gets as the message of its `connect_error`. */
  private async admit(socket: Socket): Promise<void> {
    const { cookie, origin, host, 'sec-fetch-site': fetchSite } = socket.handshake.headers;
    // Browsers send cookies along with sockets that other sites open, and no CORS stops them.
    const provenance = { method: 'POST', fetchSite: fetchSite, origin, host };
    if (!isOurOwn(provenance, this.config.http.publicUrl)) throw new Error('access.denied');
    const session = await this.sessions.sessionOf(cookie);
    if (!session) throw new Error('session.required');
    (socket.data as { session?: CurrentSession }).session = session;
  }

  private async dropEnded(server: Server): Promise<void> {
    try {
      for (const socket of server.sockets.sockets.values()) {
        const before = sessionOf(socket);
        const now = await this.sessions.sessionOf(socket.handshake.headers.cookie);
        if (!now || now.permissions.join() !== before.permissions.join()) socket.disconnect(true);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'the sessions of sockets could not be checked');
    }
  }
}

/** Whoever may read all incidents, and the reporter; a socket in both rooms hears it once. */
function listenersOf(incident: Incident): string[] {
  const staff = roomOf('incident.read-all');
  return incident.reporter ? [staff, roomOfUser(incident.reporter.id)] : [staff];
}

function sessionOf(socket: Socket): CurrentSession {
  const { session } = socket.data as { session?: CurrentSession };
  if (!session) throw new Error('A socket without a session was let in');
  return session;
}
