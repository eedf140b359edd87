import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { AlertService } from '../../../../gen/wardcast/v1/alert_service_pb.ts';
import {
  instantOfTyped,
  laterProblem,
  noTime,
  typedTime,
} from '../../../../state/publish/typed_time.ts';
import { instant } from '../../../../state/time/notice_times.ts';
import { span } from '../../../../state/time/words.ts';
import { TypedTimeField } from '../../pieces/typed_time_field.tsx';
import { ActionPanel } from './action_panel.tsx';
import { useAlertAction } from './alert_action.ts';
import { movedInPlace } from './moved_in_place.ts';

const minute = 60_000;
const later = [30 * minute, 60 * minute, 120 * minute];

// It takes longer than said: a new expected end, counted from the old one or from now.
export function ExtendPanel(props: {
  alert: AlertJson;
  zone: string;
  now: number;
  done: () => void;
}) {
  const { alert, zone, now } = props;
  const before = instant(alert.expectedEnd);
  const from = Math.max(before ?? 0, Math.floor(now / minute) * minute);
  const [end, setEnd] = useState(() => typedTime(from + 60 * minute, zone));
  const extend = useAlertAction(alert.id ?? '', AlertService.method.updateAlert, props.done);
  const problem = laterProblem(end, zone, now);
  return (
    <ActionPanel
      label="Extend"
      action="Say so to the wards"
      step={extend}
      failed="Not extended yet"
      ready={problem === undefined}
      send={() => extend.mutate(movedInPlace(alert, 'expectedEnd', instantOfTyped(end, zone)))}
      leave={props.done}
    >
      <div className="line end">
        <TypedTimeField
          label="Now expected back (empty: unknown)"
          value={end}
          change={setEnd}
          zone={zone}
          now={now}
          error={problem}
        />
        {later.map((ms) => (
          <Button
            key={ms}
            variant="default"
            size="xs"
            onClick={() => setEnd(typedTime(from + ms, zone))}
          >
            {span(ms)} more
          </Button>
        ))}
        <Button variant="default" size="xs" onClick={() => setEnd(noTime)}>
          Unknown
        </Button>
      </div>
      <p className="dim flush">Changes in place: wards are not asked again.</p>
    </ActionPanel>
  );
}
