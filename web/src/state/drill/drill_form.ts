import type { AlertJson, Phase_ValueJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { formFrom, type NoticeForm } from '../publish/notice_form.ts';
import { asWritten } from '../publish/written.ts';

// A template as a drill: nothing stronger than a dialog.
export function drillForm(alert: AlertJson, templateId: string): NoticeForm {
  const form = formFrom(alert, templateId);
  const presentation = form.presentation === 'TAKEOVER' ? 'DIALOG' : form.presentation;
  return { ...form, presentation, drill: true };
}

const endings: readonly Phase_ValueJson[] = ['RESTORED_VERIFYING', 'ALL_CLEAR', 'BACK_ENTRY'];

// An earlier drill, to be done again: its texts as they were written, and no audience, so that nobody
// is drilled by a slip.
export function drillAgain(drill: AlertJson): NoticeForm {
  const form = drillForm(asWritten(drill), drill.templateId ?? '');
  return {
    ...form,
    phase: endings.includes(form.phase) ? 'UNSPECIFIED' : form.phase,
    audience: 'places',
    places: [],
    ticket: '',
  };
}
