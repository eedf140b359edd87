import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../drill/drills.ts';
import { instant } from '../time/notice_times.ts';
import { type FormContext, formAlert, unfilled } from './form_alert.ts';
import { formFrom, type Moment, type NoticeForm } from './notice_form.ts';
import { typedTime } from './typed_time.ts';

// A form as a draft: texts keep their blanks, so that they are filled when it is sent; times that
// count from the sending are not written down.
export function draftAlert(form: NoticeForm, context: FormContext): AlertJson {
  const { alert } = formAlert(form, context);
  const draft: AlertJson = { ...unfilled(form), zone: context.zone };
  if (form.start.case === 'at' && alert.start) draft.start = alert.start;
  if (form.end.case !== 'none' && alert.expectedEnd) draft.expectedEnd = alert.expectedEnd;
  if (form.next.case === 'at' && alert.nextUpdate) draft.nextUpdate = alert.nextUpdate;
  if (alert.sendAt) draft.sendAt = alert.sendAt;
  return draft;
}

// A draft as a form to go on with. What it promised or wanted sent before now is asked for anew.
export function formOfDraft(alert: AlertJson, zone: string, now: number): NoticeForm {
  const form = formFrom(alert, alert.templateId ?? '');
  const at = (ms: number): Moment => ({ case: 'at', ...typedTime(ms, zone) });
  const start = instant(alert.start);
  const end = instant(alert.expectedEnd);
  const next = instant(alert.nextUpdate);
  const sendAt = instant(alert.sendAt);
  return {
    ...form,
    drill: isDrill(alert),
    start: start === null ? form.start : at(start),
    end: end === null ? form.end : at(end),
    next: next === null || next <= now ? form.next : at(next),
    sendAt: sendAt === null || sendAt <= now ? form.sendAt : at(sendAt),
    draftId: alert.id ?? '',
    draftRevision: alert.revision ?? 0,
  };
}
