// Writes .br and .gz beside every text file of dist/, so that the broker never compresses.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const text = /\.(html|js|css|svg|json|webmanifest)$/;

// index.html gets a fresh nonce for every request, so no compressed copy of it can be served.
const stamped = new Set(['index.html']);

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

for (const path of files('dist')) {
  if (!text.test(path) || stamped.has(path.replace(/^dist[\\/]/, ''))) continue;
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}
