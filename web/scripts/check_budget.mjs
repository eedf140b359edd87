// Fails if what a page loads first is larger than its budget (bytes, gzip -9), or takes too many
// requests. The numbers are those of docs/web.md.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const budgets = {
  'receiver.html': { js: 88_000, css: 5_000, requests: 5 },
  'wall.html': { js: 84_000, css: 5_000, requests: 5 },
  'index.html': { js: 200_000, css: 30_000, requests: 10 },
};

const size = (path) => gzipSync(readFileSync(join('dist', path)), { level: 9 }).length;

// The scripts and styles that a page loads before anything is pressed: its tags, and what those
// scripts import statically.
function firstLoad(page) {
  const html = readFileSync(join('dist', page), 'utf8');
  const found = new Set();
  const add = (path) => {
    const clean = normalize(path.replace(/^\//, ''));
    if (found.has(clean) || !existsSync(join('dist', clean))) return;
    found.add(clean);
    if (!clean.endsWith('.js')) return;
    const code = readFileSync(join('dist', clean), 'utf8');
    for (const match of code.matchAll(/(?:import|export)\b[^;"'()]*?["'](\.[^"']+\.js)["']/g)) {
      add(join(dirname(clean), match[1]));
    }
  };
  for (const match of html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)) add(match[1]);
  return [...found];
}

let failed = false;
for (const [page, budget] of Object.entries(budgets)) {
  const loaded = firstLoad(page);
  const sum = (end) =>
    loaded.filter((path) => path.endsWith(end)).reduce((total, path) => total + size(path), 0);
  const measured = { js: sum('.js'), css: sum('.css'), requests: loaded.length + 1 };
  for (const [what, limit] of Object.entries(budget)) {
    const over = measured[what] > limit;
    failed ||= over;
    console.log(`${over ? 'OVER' : 'ok  '} ${page} ${what} ${measured[what]} of ${limit}`);
  }
  const html = readFileSync(join('dist', page), 'utf8');
  if (/<script(?![^>]*\bsrc=)[^>]*>/.test(html) || /<style/.test(html) || /\son\w+="/.test(html)) {
    failed = true;
    console.log(`OVER ${page} holds an inline script, style or handler`);
  }
}
process.exit(failed ? 1 : 0);
