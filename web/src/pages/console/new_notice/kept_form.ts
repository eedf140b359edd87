import type { Browser } from '../../../browser.ts';
import { emptyForm, type NoticeForm } from '../../../state/publish/notice_form.ts';

const key = 'wardcast.draft.1';

// A new notice and each draft have a place of their own.
const placeOf = (draftId: string) => (draftId === '' ? key : `${key}.${draftId}`);

// What is being typed survives a reload and a new sign-in in this tab.
export function keepForm(browser: Browser, form: NoticeForm): void {
  browser.session.set(placeOf(form.draftId), JSON.stringify(form));
}

export function keptForm(browser: Browser, draftId = ''): NoticeForm | null {
  try {
    const value: unknown = JSON.parse(browser.session.get(placeOf(draftId)) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...emptyForm, ...value } : null;
  } catch {
    return null;
  }
}

export function forgetForm(browser: Browser, draftId = ''): void {
  browser.session.remove(placeOf(draftId));
}
