import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { type FormContext, formAlert, unfilled } from './form_alert.ts';
import type { Moment, NoticeForm } from './notice_form.ts';

const minute = 60_000;

// A form as the broker is asked about it while it is being written. Its texts keep their blanks and
// are cut where they are too long, which is said beside their fields; times that are not right are
// left out. Times that count from the sending are said to the minute, so that the question stays the
// same for a minute.
export function askedAlert(form: NoticeForm, context: FormContext): AlertJson {
  const { alert, problems } = formAlert(form, context);
  const asked: AlertJson = { ...asFarAsItFits(unfilled(form)), zone: context.zone };
  const take = (
    field: 'start' | 'expectedEnd' | 'nextUpdate' | 'sendAt',
    moment: Moment,
    problem: string | undefined,
  ) => {
    const at = alert[field]?.at;
    // One that is not said is now, or the broker's choice.
    if (at === undefined || problem !== undefined || moment.case === 'now') return;
    const ms = Date.parse(at);
    const said = moment.case === 'in' ? Math.floor(ms / minute) * minute : ms;
    asked[field] = { at: new Date(said).toISOString() };
  };
  take('start', form.start, problems.start);
  take('expectedEnd', form.end, problems.end);
  take('nextUpdate', form.next, problems.next);
  take('sendAt', form.sendAt, problems.sendAt);
  return asked;
}

function asFarAsItFits(alert: AlertJson): AlertJson {
  const cut = (text: string | undefined, most: number) => [...(text ?? '')].slice(0, most).join('');
  return {
    ...alert,
    headline: cut(alert.headline, 90),
    impact: cut(alert.impact, 300),
    reason: cut(alert.reason, 300),
    stillWorks: (alert.stillWorks ?? []).slice(0, 20).map((line) => cut(line, 120)),
    instructions: (alert.instructions ?? [])
      .slice(0, 30)
      .map((step) => ({ ...step, text: cut(step.text, 200) })),
    backEntry: (alert.backEntry ?? []).slice(0, 20).map((line) => cut(line, 200)),
  };
}
