import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('is a lock file that names no registry', () => {
  const lock = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  expect(lock).not.toContain('"resolved"');
  expect(lock).not.toMatch(/https?:\/\/[^"]*\.tgz/);
});
