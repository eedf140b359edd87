// Keeps the ward's page on this PC, so that it opens although the broker does not answer. What the
// page shows and what was pressed it keeps itself; nothing of the API passes through here.

const cacheName = 'wardcast-receiver';
const page = '/receiver.html';
// A broker that has not answered for so long does not hold the page back any longer.
const limit = 3_000;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(page, { cache: 'no-cache' }).then(keep));
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(newestPage(event));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
  }
});

// The broker's, if it answers in time and well; otherwise the one that is kept.
async function newestPage(event) {
  const asked = fetch(event.request);
  event.waitUntil(asked.then((response) => keep(response.clone())).catch(() => {}));
  const answered = await Promise.race([
    asked.catch(() => null),
    new Promise((resolve) => setTimeout(resolve, limit, null)),
  ]);
  if (answered?.ok) return answered;
  return (await kept(page)) ?? answered ?? asked;
}

// The page with all that it names, or nothing of it: an older one stays whole.
async function keep(response) {
  if (!response.ok) throw new Error(`${page}: HTTP ${response.status}`);
  const cache = await caches.open(cacheName);
  const html = await response.clone().text();
  const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(named.filter((path) => !there.has(path)));
  await cache.put(page, response);
  const old = [...there].filter((path) => path !== page && !named.includes(path));
  await Promise.all(old.map((path) => cache.delete(path, { ignoreVary: true })));
}

async function kept(path) {
  const cache = await caches.open(cacheName);
  return cache.match(path, { ignoreVary: true });
}
