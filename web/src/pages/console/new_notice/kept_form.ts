import type { Browser } from '../../../browser.ts';
import { emptyForm, type NoticeForm } from '../../../state/publish/notice_form.ts';

const key = 'wardcast.draft.1';

// What is being typed survives a reload and a new sign-in in this tab.
export function keepForm(browser: Browser, form: NoticeForm): void {
  browser.session.set(key, JSON.stringify(form));
}

export function keptForm(browser: Browser): NoticeForm | null {
  try {
    const value: unknown = JSON.parse(browser.session.get(key) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...emptyForm, ...value } : null;
  } catch {
    return null;
  }
}

export function forgetForm(browser: Browser): void {
  browser.session.remove(key);
}
