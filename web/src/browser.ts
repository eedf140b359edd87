// The only file that touches browser globals. Everything else is handed what it needs, so that it
// can be tested without a browser.

export interface TextSocket {
  send(text: string): void;
  close(): void;
}

export interface SocketEvents {
  opened(): void;
  text(frame: string): void;
  // Called once: after `error`, after `close`, or after `close()` was called here. A socket that the
  // browser's policy blocks fires `error` and never `close`, so both count.
  gone(code: number): void;
}

export interface Browser {
  origin: string;
  fetch(path: string, init: RequestInit): Promise<Response>;
  openSocket(path: string, protocol: string, events: SocketEvents): TextSocket;
  indexedDb: IDBFactory | undefined;
  // Milliseconds that never go back; their origin means nothing.
  monotonic(): number;
  // The PC's own clock, milliseconds since 1970. Only reported, or used while no broker was heard.
  ownClock(): number;
  random(): number;
  randomBytes(count: number): Uint8Array;
  after(ms: number, run: () => void): () => void;
  every(ms: number, run: () => void): () => void;
  // True if a person could see the page now.
  visible(): boolean;
  onVisibility(run: () => void): () => void;
  // The page is closed, or left for another one. What is sent now still goes out.
  onLeave(run: () => void): () => void;
  // The tab came to the front, the PC woke, or the network came back.
  onWake(run: () => void): () => void;
  // Somebody pressed a key or a button, moved, or turned a wheel; before anything of the page hears of it.
  onUse(run: () => void): () => void;
  // Runs after the browser has painted what was rendered last.
  afterPaint(run: () => void): () => void;
  onIntersect(element: Element, run: (inView: boolean) => void): () => void;
  session: KeptText;
  kept: KeptText;
  fragment(): string;
  // Replaces the fragment without a new entry in the history.
  setFragment(fragment: string): void;
  setTitle(title: string): void;
  styleNonce(): string;
  // Where the page is rendered.
  root(): HTMLElement;
  // Lets the ward's page open without the broker. Browsers allow it over TLS or on this machine only;
  // elsewhere nothing happens.
  keepPage(): void;
  // The fragment was changed by hand or by a link.
  onFragment(run: () => void): () => void;
  reload(): void;
  // Puts a text on the clipboard. False: the browser does not let this page do so.
  copy(text: string): Promise<boolean>;
  // Offers a text as a file to keep.
  saveFile(name: string, type: string, text: string): void;
  platform: string;
  // The language that the browser is set to, as a tag: "de-DE".
  language: string;
}

export interface KeptText {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

function keptIn(storage: () => Storage): KeptText {
  return {
    get(key) {
      try {
        return storage().getItem(key);
      } catch {
        return null; // Storage switched off by policy: the page works, it only forgets.
      }
    },
    set(key, value) {
      try {
        storage().setItem(key, value);
      } catch {
        // As above.
      }
    },
    remove(key) {
      try {
        storage().removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}

function listen(target: EventTarget, names: string[], run: () => void): () => void {
  for (const name of names) target.addEventListener(name, run);
  return () => {
    for (const name of names) target.removeEventListener(name, run);
  };
}

const presses = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'];

function onUse(run: () => void): () => void {
  const how = { capture: true, passive: true };
  for (const name of presses) window.addEventListener(name, run, how);
  return () => {
    for (const name of presses) window.removeEventListener(name, run, how);
  };
}

function openSocket(path: string, protocol: string, events: SocketEvents): TextSocket {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url, protocol);
  let gone = false;
  const end = (code: number) => {
    if (gone) return;
    gone = true;
    socket.close();
    events.gone(code);
  };
  socket.addEventListener('open', () => {
    if (!gone) events.opened();
  });
  socket.addEventListener('message', (event) => {
    if (!gone && typeof event.data === 'string') events.text(event.data);
  });
  socket.addEventListener('error', () => end(1006));
  socket.addEventListener('close', (event) => end(event.code));
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => end(1000),
  };
}

function afterPaint(run: () => void): () => void {
  let timer = 0;
  const frame = requestAnimationFrame(() => {
    timer = window.setTimeout(run, 0);
  });
  return () => {
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
  };
}

function onIntersect(element: Element, run: (inView: boolean) => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) run(entry.isIntersecting);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

const worker = '/service_worker.js';

interface TrustedTypes {
  createPolicy(name: string, rules: object): { createScriptURL(text: string): string };
}

function keepPage(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers === undefined) return;
  // The page's policy takes a script's address from a named rule only; this one knows one address.
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const rule = trustedTypes?.createPolicy('wardcast-worker', { createScriptURL: () => worker });
  workers.register(rule?.createScriptURL('') ?? worker, { scope: '/receiver' }).catch(() => {
    // Without it the page works, it only does not open while the broker is gone.
  });
}

export const browser: Browser = {
  origin: window.location.origin,
  fetch: (path, init) => window.fetch(path, init),
  openSocket,
  indexedDb: window.indexedDB,
  monotonic: () => performance.now(),
  ownClock: () => Date.now(),
  random: () => Math.random(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  after(ms, run) {
    const timer = window.setTimeout(run, ms);
    return () => window.clearTimeout(timer);
  },
  every(ms, run) {
    const timer = window.setInterval(run, ms);
    return () => window.clearInterval(timer);
  },
  visible: () => document.visibilityState === 'visible',
  onVisibility: (run) => listen(document, ['visibilitychange'], run),
  onLeave: (run) => listen(window, ['pagehide'], run),
  onWake(run) {
    const seen = () => {
      if (document.visibilityState === 'visible') run();
    };
    const stopVisible = listen(document, ['visibilitychange'], seen);
    const stopWindow = listen(window, ['online', 'focus', 'pageshow'], run);
    return () => {
      stopVisible();
      stopWindow();
    };
  },
  onUse,
  afterPaint,
  onIntersect,
  session: keptIn(() => window.sessionStorage),
  kept: keptIn(() => window.localStorage),
  fragment: () => window.location.hash,
  setFragment: (fragment) => window.history.replaceState(null, '', fragment),
  setTitle(title) {
    document.title = title;
  },
  root() {
    const root = document.getElementById('root');
    if (root === null) throw new Error('the page has no #root');
    return root;
  },
  keepPage,
  onFragment: (run) => listen(window, ['hashchange'], run),
  reload: () => window.location.reload(),
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false; // In plain text there is no clipboard, and policies may forbid it.
    }
  },
  saveFile(name, type, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },
  styleNonce() {
    const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
    return meta?.nonce ?? '';
  },
  platform: navigator.userAgent.slice(0, 120),
  language: navigator.language,
};
