import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const HTML = `<!doctype html><video muted playsinline></video><script src="/hls.js"></script><script>
  const video = document.querySelector('video');
  let hls;
  /** Milliseconds from the wish to see a moment until its first frame is shown. */
  window.seek = (list, offsetSeconds) => new Promise((resolve, reject) => {
    if (hls) hls.destroy();
    const started = performance.now();
    hls = new Hls({ startPosition: offsetSeconds });
    hls.on(Hls.Events.ERROR, (_, data) => data.fatal && reject(new Error(data.details)));
    hls.attachMedia(video);
    hls.loadSource(list);
    video.requestVideoFrameCallback(() => resolve(performance.now() - started));
    void video.play().catch(() => undefined);
  });
</script>`;

/** A page with hls.js. @returns its address, and how to end it */
export async function serveSeekPage(): Promise<{ url: string; stop(): Promise<void> }> {
  const hlsJs = await readFile(require.resolve('hls.js/dist/hls.min.js'));
  const pages: Server = createServer((request, response) => {
    const [type, body] = request.url === '/hls.js' ? ['text/javascript', hlsJs] : ['text/html', HTML];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(pages.address() as AddressInfo).port}/`,
    stop: async () => {
      pages.closeAllConnections();
      await new Promise((resolve) => pages.close(resolve));
    },
  };
}
