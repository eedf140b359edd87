import type { Browser } from '../browser.ts';

const unattendedAfter = 60_000;

// Whether somebody is at the page: it was opened, or something was pressed or moved on it, within the
// last minute. What the page asks by itself without anybody there is no use of a session.
export class Attendance {
  private last: number;
  private readonly browser: Pick<Browser, 'monotonic' | 'onUse'>;

  constructor(browser: Pick<Browser, 'monotonic' | 'onUse'>) {
    this.browser = browser;
    this.last = browser.monotonic();
  }

  // Notes what is pressed and moved, until the returned function is called.
  readonly begin = (): (() => void) =>
    this.browser.onUse(() => {
      this.last = this.browser.monotonic();
    });

  readonly unattended = (): boolean => this.browser.monotonic() - this.last >= unattendedAfter;
}
