import type { Browser } from '../../../browser.ts';
import { emptyForm, type NoticeForm } from '../../../state/publish/notice_form.ts';

const key = 'wardcast.draft.1';

// A new notice, a new drill and each draft have a place of their own.
const placeOf = (place: string) => (place === '' ? key : `${key}.${place}`);
const newDrill = 'drill';

// Where a form of this kind is kept: "" of a new notice.
export function keptAt(form: Pick<NoticeForm, 'draftId' | 'drill'>): string {
  return form.draftId === '' && form.drill ? newDrill : form.draftId;
}

// What is being typed survives a reload and a new sign-in in this tab.
export function keepForm(browser: Browser, form: NoticeForm): void {
  browser.session.set(placeOf(keptAt(form)), JSON.stringify(form));
}

export function keptForm(browser: Browser, place = ''): NoticeForm | null {
  try {
    const value: unknown = JSON.parse(browser.session.get(placeOf(place)) ?? 'null');
    return typeof value === 'object' && value !== null ? { ...emptyForm, ...value } : null;
  } catch {
    return null;
  }
}

export function forgetForm(browser: Browser, place = ''): void {
  browser.session.remove(placeOf(place));
}
