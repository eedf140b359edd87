import type { Browser } from '../../../browser.ts';

const key = 'wardcast.token';

// Moves a token out of the address ("#token=…") into this tab's session. True if there was one.
export function tokenFromFragment(browser: Browser): boolean {
  const token = new URLSearchParams(browser.fragment().replace(/^#/, '')).get('token');
  if (token === null) return false;
  browser.session.set(key, token.trim());
  browser.setFragment('#/');
  return true;
}

export function keptToken(browser: Browser): string {
  return browser.session.get(key) ?? '';
}

export function keepToken(browser: Browser, token: string): void {
  browser.session.set(key, token);
}

export function forgetToken(browser: Browser): void {
  browser.session.remove(key);
}
