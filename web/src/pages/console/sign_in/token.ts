import type { Browser } from '../../../browser.ts';

const key = 'wardcast.token';
const linkPath = '#/set-password/';

// Moves a token out of the address ("#token=…") into this tab's session, and goes on to the page
// that the address names ("&go=/calls"; default: what is live now). True if there was a token.
export function tokenFromFragment(browser: Browser): boolean {
  const given = new URLSearchParams(browser.fragment().replace(/^#/, ''));
  const token = given.get('token');
  if (token === null) return false;
  browser.session.set(key, token.trim());
  const page = given.get('go') ?? '/';
  browser.setFragment(page.startsWith('/') ? `#${page}` : '#/');
  return true;
}

// Takes the secret of a one-time link out of the address; empty: there is none.
export function linkFromFragment(browser: Browser): string {
  const fragment = browser.fragment();
  if (!fragment.startsWith(linkPath)) return '';
  browser.setFragment('#/');
  return fragment.slice(linkPath.length);
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
