import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export type Protocol = 'tcp' | 'udp';

/** A port on loopback that nobody listens on at this moment, or undefined when `wanted` is taken. 0: any. */
export function openPort(protocol: Protocol, wanted = 0): Promise<number | undefined> {
  return protocol === 'tcp' ? openTcp(wanted) : openUdp(wanted);
}

function openTcp(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

function openUdp(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind(wanted, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

/** Ports that differ from each other and from those `taken`, which grows by them. */
export async function newPort(protocol: Protocol, taken: Set<number>): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = await openPort(protocol);
    if (port === undefined || taken.has(port)) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`No free ${protocol} port was found on 127.0.0.1`);
}
