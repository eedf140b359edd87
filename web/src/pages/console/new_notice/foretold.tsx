import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { type SayTime, span } from '../../../state/time/words.ts';
import { count } from '../../../state/words.ts';
import { useNow } from '../console_context.ts';
import type { Foreseen } from './reach/reach.ts';

// What happens once it is sent: when, with whose approval, and who will not see it at once.
export function Foretold(props: {
  alert: AlertJson;
  foreseen: Foreseen;
  zone: string;
  sayTime: SayTime;
}) {
  const now = useNow(5_000);
  const { reach, needsApproval, wide } = props.foreseen;
  const at = instant(props.alert.sendAt);
  const { kind } = props.alert;
  const held = wide && (kind === 'PLANNED_DOWNTIME' || kind === 'INFORMATION');
  const lines = [
    needsApproval === '' ? '' : `It waits for an approver: ${needsApproval}`,
    at === null ? '' : `It goes out ${props.sayTime(at, props.zone, now)}, in ${span(at - now)}.`,
    at === null && held ? 'It is held for 10 seconds, in which it can be stopped.' : '',
    (reach.notConnected ?? 0) === 0
      ? ''
      : `${count(reach.notConnected ?? 0, 'PC is', 'PCs are')} not connected now and will get it on coming back.`,
    (reach.locked ?? 0) === 0
      ? ''
      : `${count(reach.locked ?? 0, 'PC is', 'PCs are')} locked: nobody sees it there until somebody signs in.`,
    (reach.closedWards ?? 0) === 0
      ? ''
      : `${count(reach.closedWards ?? 0, 'ward is', 'wards are')} closed now and will get at opening what is then still true.`,
  ].filter((line) => line !== '');
  return (
    <>
      {lines.map((line) => (
        <p key={line} className="flush">
          {line}
        </p>
      ))}
    </>
  );
}
