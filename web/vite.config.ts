import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The broker to talk to in `npm run dev`.
const broker = process.env.WARDCAST_HTTP ?? 'http://127.0.0.1:7480';

const base = new RegExp(
  [
    'node_modules/(react|react-dom|scheduler)/',
    'rolldown/runtime',
    'vite/preload-helper',
    // Not what only the console uses of these folders.
    '/src/(browser\\.ts|(live|ui|state/endpoint|state/time)/(?!(?:local_time|progress_watch|attendance)\\.ts).*\\.tsx?$)',
    '/src/state/(words|person|ulid|assert_never)\\.ts',
    '/src/state/language/(english|words|say|load)\\.ts',
    '/src/api/endpoint_calls\\.ts',
    '/src/pages/((use_station|here)\\.ts|sites_language\\.tsx|place/.*\\.tsx?$)',
  ].join('|'),
);

// What the console's first page and the pages behind it share: one script, not a small one for each.
const shared = new RegExp(
  [
    '/src/pages/console/[^/]+\\.tsx?$',
    '/src/pages/console/sign_in/roles\\.ts$',
    '/src/state/(life|drill)/(planned|standing|result|real_problem)\\.ts',
    'node_modules/@tanstack/.*/useMutation',
  ].join('|'),
);

export default defineConfig({
  plugins: [react()],
  appType: 'mpa',
  build: {
    // The broker's policy allows no inline script and no data: font or style.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: 'es2023',
    rolldownOptions: {
      input: { index: 'index.html', receiver: 'receiver.html', wall: 'wall.html' },
      output: {
        codeSplitting: {
          groups: [
            {
              // What every page needs: one script and one style, so that a ward PC asks for little.
              name: 'base',
              test: base,
              priority: 1,
            },
            { name: 'shared', test: shared },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '^/wardcast\\.v1\\.': { target: broker },
      '/ws': { target: broker, ws: true },
    },
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
});
