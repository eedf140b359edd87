import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { backEntryWords } from '../../../state/life/back_entry.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { calmSpan, type SayTime } from '../../../state/time/words.ts';
import { count } from '../../../state/words.ts';

// What happened beside phase and times: parts in order again, overrun, updates that did not come,
// back-entry.
export function HeadRemarks(props: {
  alert: AlertJson;
  progress: AlertProgressJson | undefined;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const { alert, progress, zone, now, sayTime } = props;
  const overrun = instant(alert.overrunSince);
  const missed = alert.missedUpdates ?? 0;
  const backEntry = backEntryWords(alert, progress, zone, now, sayTime);
  const cleared = alert.cleared ?? [];
  const open = alert.state !== 'CLOSED';
  return (
    <>
      {cleared.length === 0 ? null : (
        <ul className="plain" aria-label="In order again">
          {cleared.map((part) => (
            <li key={`${part.at?.at} ${part.text}`} dir="auto">
              <strong>In order again {sayTime(instant(part.at) ?? now, zone, now)}:</strong>{' '}
              {part.text || (part.serviceNames ?? []).join(', ')}
            </li>
          ))}
        </ul>
      )}
      {open && overrun !== null ? (
        <p className="flush late-word">
          Lasts longer than said since {sayTime(overrun, zone, now)}, for {calmSpan(now - overrun)}.
        </p>
      ) : null}
      {open && missed > 0 ? (
        <p className="flush late-word">
          {count(missed, 'promised update', 'promised updates')} in a row did not come.
        </p>
      ) : null}
      {backEntry === '' ? null : (
        <p className="flush" data-testid="back-entry">
          {backEntry}
        </p>
      )}
    </>
  );
}
