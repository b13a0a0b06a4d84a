import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { contractConstants } from './build/contract-constants.mts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const api = process.env.POLLGLASS_DEV_API ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: here('.'),
  plugins: [
    contractConstants(here('../../libs/contracts/src/index.ts'), [here('../../libs/contracts/src/report-answers.ts')]),
    react(),
  ],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows files of our own host only: nothing is inlined as a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
  },
  server: {
    port: 5173,
    proxy: {
      '/api': api,
      '/hls': api,
      '/realtime': { target: api, ws: true },
    },
  },
});
