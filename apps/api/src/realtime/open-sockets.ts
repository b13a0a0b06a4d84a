import { Inject, Injectable } from '@nestjs/common';
import type { Server, Socket } from 'socket.io';
import { type CurrentSession, Identity, keyOf, SocketRights } from '@app/access';
import { CONFIG, type Config } from '@app/config';
import { isOurOwn } from '../http/same-site';
import { roomOfUser, roomsOf } from './rooms';

interface Known {
  session: CurrentSession;
  /** What `SocketRights` said when `session` was read, or before. */
  mark: string;
}

/** Who is behind each socket: let in, looked at again, put into rooms, thrown out. */
@Injectable()
export class OpenSockets {
  constructor(
    private readonly identity: Identity,
    private readonly rights: SocketRights,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Rejects with a stable code, which the client gets as the message of its `connect_error`. */
  async admit(socket: Socket): Promise<void> {
    const { cookie, origin, host, 'sec-fetch-site': fetchSite, authorization } = socket.handshake.headers;
    // Browsers send cookies along with sockets that other sites open, and no CORS stops them.
    if (!isOurOwn({ method: 'POST', fetchSite, origin, host }, this.config.http.publicUrl)) throw new Error('access.denied');
    const { token } = socket.handshake.auth as { token?: unknown };
    const session = await this.identity.of({
      cookie,
      authorization: typeof token === 'string' ? `Bearer ${token}` : authorization,
    });
    if (!session) throw new Error('session.required');
    // The mark first: what changes after it was read is noticed at the next look.
    const mark = (await this.rights.marks([session.by])).get(keyOf(session.by));
    const now = await this.identity.again(session);
    if (mark === undefined || !now) throw new Error('session.required');
    remember(socket, { session: now, mark });
  }

  async enterRooms(socket: Socket): Promise<void> {
    const { session } = known(socket);
    const rooms = new Set([roomOfUser(session.user.id), ...roomsOf(session)]);
    for (const room of socket.rooms) if (room !== socket.id && !rooms.has(room)) await socket.leave(room);
    await socket.join([...rooms]);
  }

  /** Ends sockets whose session or token is over, and moves those whose rights changed. @param userIds absent: everybody's */
  async lookAgain(server: Server, userIds?: readonly string[]): Promise<void> {
    const sockets = [...server.sockets.sockets.values()].filter(
      (socket) => isKnown(socket) && (!userIds || userIds.includes(known(socket).session.user.id)),
    );
    if (sockets.length === 0) return;
    const marks = await this.rights.marks(sockets.map((socket) => known(socket).session.by));
    for (const socket of sockets) {
      const before = known(socket);
      const mark = marks.get(keyOf(before.session.by));
      if (mark === before.mark) continue;
      const session = mark === undefined ? undefined : await this.identity.again(before.session);
      if (mark === undefined || !session) {
        socket.disconnect(true);
        continue;
      }
      remember(socket, { session, mark });
      await this.enterRooms(socket);
    }
  }
}

const isKnown = (socket: Socket): boolean => (socket.data as { known?: Known }).known !== undefined;

function remember(socket: Socket, value: Known): void {
  (socket.data as { known?: Known }).known = value;
}

function known(socket: Socket): Known {
  const value = (socket.data as { known?: Known }).known;
  if (!value) throw new Error('A socket without a session was let in');
  return value;
}
