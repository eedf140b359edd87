import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import {
  type Clearing,
  clearingOf,
  type Named,
  stillDown,
} from '../../../../state/life/clearing.ts';
import { linesOf } from '../../../../state/publish/notice_form.ts';
import { asWritten } from '../../../../state/publish/written.ts';
import { usePatientReason } from '../../pieces/no_patient_data.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';

// Ends the notice, or a part of it: what works again and where, what wards read, and what they enter
// again.
export function AllClearPanel(props: {
  alert: AlertJson;
  // Where its wards are.
  sites: readonly Named[];
  done: () => void;
}) {
  const { alert, sites, done } = props;
  const services = stillDown(alert);
  const [off, setOff] = useState<Clearing>({ services: [], sites: [] });
  const [text, setText] = useState('');
  const [backEntry, setBackEntry] = useState(() => (asWritten(alert).backEntry ?? []).join('\n'));
  const end = useAlertAction(alert.id ?? '', AlertService.method.endAlert, done);
  const patient = usePatientReason(end.error);
  const on = {
    services: ids(services).filter((id) => !off.services.includes(id)),
    sites: ids(sites).filter((id) => !off.sites.includes(id)),
  };
  const clearing = clearingOf(on, { services: ids(services), sites: ids(sites) });
  const part = Object.keys(clearing).length > 0;
  const nothing =
    (services.length > 0 && on.services.length === 0) ||
    (sites.length > 0 && on.sites.length === 0);
  return (
    <ActionPanel
      label="All clear"
      action={part ? 'Send the all clear for this part' : 'Send the all clear'}
      step={end}
      failed="Not ended yet"
      ready={!nothing && !patient.missing}
      question={patient.question}
      send={() =>
        end.mutate({
          allClear: true,
          text: text.trim(),
          backEntry: linesOf(backEntry),
          ...clearing,
          ...patient.input,
        })
      }
      leave={done}
    >
      <div className="line top">
        <Ticks
          legend="What works again"
          all={services}
          off={off.services}
          change={(services) => setOff({ ...off, services })}
        />
        <Ticks
          legend="Where"
          all={sites}
          off={off.sites}
          change={(sites) => setOff({ ...off, sites })}
        />
      </div>
      <Textarea
        label="What wards read (empty: the standard words, in their language)"
        rows={2}
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Textarea
        label="What to enter again, one item a line"
        rows={3}
        value={backEntry}
        onChange={(event) => setBackEntry(event.currentTarget.value)}
      />
      <p className="dim flush" role="status">
        {nothing
          ? 'Tick at least one service and one site.'
          : part
            ? 'The rest stays down, and this notice stays open for it.'
            : 'This ends the whole notice.'}
      </p>
    </ActionPanel>
  );
}

function ids(list: readonly Named[]): string[] {
  return list.map(({ id }) => id);
}

// A choice only if there is one.
function Ticks(props: {
  legend: string;
  all: readonly Named[];
  off: readonly string[];
  change: (off: string[]) => void;
}) {
  if (props.all.length < 2) return null;
  return (
    <fieldset className="choice">
      <legend>{props.legend}</legend>
      {props.all.map(({ id, name }) => (
        <label key={id} className="tick">
          <input
            type="checkbox"
            checked={!props.off.includes(id)}
            onChange={(event) =>
              props.change(
                event.currentTarget.checked
                  ? props.off.filter((each) => each !== id)
                  : [...props.off, id],
              )
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
