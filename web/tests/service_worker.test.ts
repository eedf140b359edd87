import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

const script = readFileSync(join(import.meta.dirname, '../public/service_worker.js'), 'utf8');
const origin = 'https://broker';

// What the broker serves by path; a missing path fails as a lost network does.
let served: Map<string, string>;
let cached: Map<string, Response>;
let listeners: Record<string, (event: object) => void>;

const cache = {
  keys: async () => [...cached.keys()].map((path) => ({ url: origin + path })),
  match: async (path: string) => cached.get(path)?.clone(),
  put: async (path: string, response: Response) => void cached.set(path, response),
  delete: async (path: string) => cached.delete(path),
  addAll: async (paths: string[]) => {
    const found = await Promise.all(paths.map(async (path) => [path, await answer(path)] as const));
    for (const [path, response] of found) cached.set(path, response);
  },
};

async function answer(path: string): Promise<Response> {
  const body = served.get(path);
  if (body === undefined) throw new TypeError('Failed to fetch');
  return body === '503' ? new Response('busy', { status: 503 }) : new Response(body);
}

// What a page gets for a request, after all that the worker does with it; null: the browser asks
// for itself.
async function ask(path: string, mode = 'navigate', method = 'GET'): Promise<string | null> {
  let response: Promise<Response> | null = null;
  const waits: Promise<unknown>[] = [];
  listeners.fetch?.({
    request: { url: origin + path, mode, method },
    respondWith: (given: Promise<Response>) => {
      response = given;
    },
    waitUntil: (wait: Promise<unknown>) => waits.push(wait),
  });
  if (response === null) return null;
  const text = await (await (response as Promise<Response>)).text();
  await Promise.all(waits);
  return text;
}

async function install(): Promise<void> {
  let done: Promise<unknown> = Promise.resolve();
  listeners.install?.({
    waitUntil: (wait: Promise<unknown>) => {
      done = wait;
    },
  });
  await done;
}

const html = (version: string) =>
  `<script src="/assets/page-${version}.js"></script><link href="/assets/base.js">`;

function serve(version: string): void {
  served.set('/receiver.html', html(version));
  served.set(`/assets/page-${version}.js`, version);
  served.set('/assets/base.js', 'base');
}

beforeEach(() => {
  served = new Map();
  cached = new Map();
  listeners = {};
  const self = {
    location: { origin },
    skipWaiting: () => {},
    clients: { claim: async () => {} },
    addEventListener: (name: string, run: (event: object) => void) => {
      listeners[name] = run;
    },
  };
  const fetched = (asked: string | { url: string }) =>
    answer(typeof asked === 'string' ? asked : asked.url.slice(origin.length));
  const run = new Function('self', 'caches', 'fetch', script);
  run(self, { open: async () => cache }, fetched);
});

describe('service worker', () => {
  it('keeps the page and all that it names, and gives it when the broker is gone', async () => {
    serve('one');
    await install();
    expect([...cached.keys()].sort()).toEqual([
      '/assets/base.js',
      '/assets/page-one.js',
      '/receiver.html',
    ]);
    served.clear();
    expect(await ask('/receiver')).toBe(html('one'));
    expect(await ask('/assets/page-one.js', 'cors')).toBe('one');
  });

  it('gives the newest page, and forgets what only the old one named', async () => {
    serve('one');
    await install();
    serve('two');
    expect(await ask('/receiver.html')).toBe(html('two'));
    served.clear();
    expect(await ask('/receiver.html')).toBe(html('two'));
    expect([...cached.keys()].sort()).toEqual([
      '/assets/base.js',
      '/assets/page-two.js',
      '/receiver.html',
    ]);
  });

  it('leaves the old page whole if the new one cannot be kept whole', async () => {
    serve('one');
    await install();
    serve('two');
    served.delete('/assets/page-two.js');
    await ask('/receiver.html');
    served.clear();
    expect(await ask('/receiver.html')).toBe(html('one'));
    expect(await ask('/assets/page-one.js', 'cors')).toBe('one');
  });

  it('gives the kept page while the broker is busy, and what there is if it has none', async () => {
    served.set('/receiver.html', '503');
    expect(await ask('/receiver.html')).toBe('busy');
    serve('one');
    await install();
    served.set('/receiver.html', '503');
    expect(await ask('/receiver.html')).toBe(html('one'));
  });

  it('leaves calls alone', async () => {
    expect(await ask('/wardcast.v1.EndpointService/Report', 'cors', 'POST')).toBeNull();
    expect(await ask('/wardcast.v1.SystemService/GetVersion', 'cors')).toBeNull();
  });
});
