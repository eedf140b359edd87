import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { ServiceStatusJson } from '../../../gen/wardcast/v1/catalogue_service_pb.ts';
import { serviceState, serviceStateWords } from '../../../state/life/service_state.ts';
import { instant } from '../../../state/time/notice_times.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { SeverityMark } from '../../../ui/notice/severity_mark.tsx';
import { useNow } from '../console_context.ts';

// One service: its state by shape and word, its notice, and what is planned for it.
export function ServiceRow(props: {
  status: ServiceStatusJson;
  alert: AlertJson | undefined;
  sayTime: SayTime;
}) {
  const { status, alert } = props;
  const now = useNow(30_000);
  const state = serviceState(status, alert);
  return (
    <li data-service={status.service?.id} data-state={state}>
      <strong dir="auto">{status.service?.name}</strong>
      <span
        className={state === 'none' ? 'dim' : `condition sev-${status.severity ?? 'UNSPECIFIED'}`}
      >
        {state === 'none' ? null : <SeverityMark severity={status.severity ?? 'UNSPECIFIED'} />}
        {serviceStateWords(state, status.kind)}
      </span>
      <div className="news">
        {status.alertId ? (
          <Link href={`/notice/${status.alertId}`} dir="auto">
            {alert?.headline ?? 'To the notice'}
          </Link>
        ) : null}
        {(status.planned ?? []).map((work) => (
          <Link key={work.id} href={`/notice/${work.id}`} dir="auto">
            {plannedWords(work, now, props.sayTime)}
          </Link>
        ))}
      </div>
    </li>
  );
}

// "Planned Sun 02:00 to 04:00: EHR update"
function plannedWords(work: AlertJson, now: number, sayTime: SayTime): string {
  const zone = work.zone || work.start?.zone || 'UTC';
  const start = instant(work.start);
  const end = instant(work.expectedEnd);
  const headline = work.headline ?? '';
  if (start === null) return `Planned, new time not known yet: ${headline}`;
  const until = end === null ? '' : ` to ${sayTime(end, zone, now)}`;
  return `Planned ${sayTime(start, zone, now)}${until}: ${headline}`;
}
