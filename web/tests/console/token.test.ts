import { expect, test } from 'vitest';
import type { Browser } from '../../src/browser.ts';
import {
  keptToken,
  linkFromFragment,
  tokenFromFragment,
} from '../../src/pages/console/sign_in/token.ts';

// A browser of which only the address and the session are asked.
function at(fragment: string) {
  const kept = new Map<string, string>();
  const address = { fragment };
  const browser = {
    fragment: () => address.fragment,
    setFragment: (next: string) => {
      address.fragment = next;
    },
    session: {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string) => kept.set(key, value),
      remove: (key: string) => kept.delete(key),
    },
  } as unknown as Browser;
  return { browser, address };
}

test('a token in the address signs in, and leaves the address', () => {
  const { browser, address } = at('#token=abc');
  expect(tokenFromFragment(browser)).toBe(true);
  expect(keptToken(browser)).toBe('abc');
  expect(address.fragment).toBe('#/');
});

test('the address says which page comes after signing in', () => {
  const { browser, address } = at('#token=abc&go=/calls');
  tokenFromFragment(browser);
  expect(address.fragment).toBe('#/calls');
});

test('a page that is no path of the console is ignored', () => {
  const { browser, address } = at('#token=abc&go=https://elsewhere');
  tokenFromFragment(browser);
  expect(address.fragment).toBe('#/');
});

test('an address without a token changes nothing', () => {
  const { browser, address } = at('#/calls');
  expect(tokenFromFragment(browser)).toBe(false);
  expect(address.fragment).toBe('#/calls');
});

test('the secret of a one-time link leaves the address', () => {
  const { browser, address } = at('#/set-password/abc123');
  expect(linkFromFragment(browser)).toBe('abc123');
  expect(address.fragment).toBe('#/');
  expect(linkFromFragment(browser)).toBe('');
});
