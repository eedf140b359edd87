import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/Combobox.css';
import { useState } from 'react';
import type { AlertJson, Phase_ValueJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService, type ReAlert_ValueJson } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import { localText, meaning } from '../../../state/time/local_time.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { phaseWord } from '../../../state/words.ts';
import { ProblemNote } from '../problem_note.tsx';
import { useAlertAction } from './alert_action.ts';

const phases: Phase_ValueJson[] = [
  'ANNOUNCED',
  'LOOKING_INTO_IT',
  'CONFIRMED',
  'EXTENDED',
  'POSTPONED',
];

// Changes an open notice in place. The rule decides whether wards are asked again, unless told.
export function UpdatePanel(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  done: () => void;
}) {
  const { alert, zone, now } = props;
  const [phase, setPhase] = useState<Phase_ValueJson>(alert.phase ?? 'UNSPECIFIED');
  const [headline, setHeadline] = useState(alert.headline ?? '');
  const [impact, setImpact] = useState(alert.impact ?? '');
  const [next, setNext] = useState(() => local(instant(alert.nextUpdate), now, zone));
  const [end, setEnd] = useState(() => local(instant(alert.expectedEnd), null, zone));
  const [reAlert, setReAlert] = useState<ReAlert_ValueJson>('UNSPECIFIED');
  const update = useAlertAction(alert.id ?? '', AlertService.method.updateAlert, props.done);
  const length = [...headline.trim()].length;
  const nextAt = at(next, zone);
  const endAt = at(end, zone);
  return (
    <form
      className="panel"
      aria-label="Update"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({
          expectedRevision: alert.revision ?? 0,
          alert: {
            phase,
            headline: headline.trim(),
            impact: impact.trim(),
            ...(nextAt === null ? {} : { nextUpdate: { at: nextAt } }),
            ...(endAt === null ? {} : { expectedEnd: { at: endAt } }),
          },
          updateMask: changed(alert, { phase, headline, impact, nextAt, endAt }).join(','),
          reAlert,
        });
      }}
    >
      <div className="grid">
        <NativeSelect
          label="Phase"
          value={phase}
          data={offered(alert).map((each) => ({
            value: each,
            label: phaseWord[each] || 'Not said',
          }))}
          onChange={(event) => setPhase(event.currentTarget.value as Phase_ValueJson)}
        />
        <TextInput
          label="Next update"
          type="datetime-local"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <TextInput
          label="Expected back (empty: unknown)"
          type="datetime-local"
          value={end}
          onChange={(event) => setEnd(event.currentTarget.value)}
        />
        <NativeSelect
          label="Ask the wards again?"
          value={reAlert}
          data={[
            { value: 'UNSPECIFIED', label: 'If what to do or for whom changes' },
            { value: 'NO', label: 'No, change in place' },
            { value: 'YES', label: 'Yes, call attention again' },
          ]}
          onChange={(event) => setReAlert(event.currentTarget.value as ReAlert_ValueJson)}
        />
      </div>
      <TextInput
        label="Headline"
        value={headline}
        onChange={(event) => setHeadline(event.currentTarget.value)}
        error={length === 0 || length > 90 ? `${length} characters; 1 to 90.` : null}
      />
      <Textarea
        label="Impact, one line"
        autosize={false}
        rows={2}
        maxLength={300}
        value={impact}
        onChange={(event) => setImpact(event.currentTarget.value)}
      />
      {update.isError ? <ProblemNote error={update.error} what="Not updated yet" /> : null}
      <div className="buttons">
        <Button type="submit" loading={update.isPending} disabled={length === 0 || length > 90}>
          Send the update
        </Button>
        <Button variant="default" onClick={props.done}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

// The usual ones, and the one that it has.
function offered(alert: AlertJson): Phase_ValueJson[] {
  const own = alert.phase ?? 'UNSPECIFIED';
  return phases.includes(own) ? phases : [own, ...phases];
}

function local(ms: number | null, atLeast: number | null, zone: string): string {
  if (ms === null) return '';
  // An overdue promise is no proposal: half an hour from now is.
  return localText(atLeast !== null && ms < atLeast ? atLeast + 30 * 60_000 : ms, zone);
}

function at(text: string, zone: string): string | null {
  const meant = meaning(text, zone);
  if (meant.case === 'once') return new Date(meant.at).toISOString();
  return meant.case === 'twice' ? new Date(meant.first).toISOString() : null;
}

function changed(
  alert: AlertJson,
  next: {
    phase: string;
    headline: string;
    impact: string;
    nextAt: string | null;
    endAt: string | null;
  },
): string[] {
  const fields: string[] = [];
  if (next.phase !== (alert.phase ?? 'UNSPECIFIED')) fields.push('phase');
  if (next.headline.trim() !== alert.headline) fields.push('headline');
  if (next.impact.trim() !== (alert.impact ?? '')) fields.push('impact');
  if (minute(next.nextAt) !== minute(alert.nextUpdate?.at)) fields.push('nextUpdate');
  if (minute(next.endAt) !== minute(alert.expectedEnd?.at)) fields.push('expectedEnd');
  return fields.length === 0 ? ['headline'] : fields;
}

const minute = (at: string | null | undefined) => Math.floor((Date.parse(at ?? '') || 0) / 60_000);
