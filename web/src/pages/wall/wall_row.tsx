import { isDrill } from '../../state/drill/drills.ts';
import type { HeldAlert } from '../../state/endpoint/held.ts';
import { instant, isPlan, startFact } from '../../state/time/notice_times.ts';
import { useSay, useSpoken } from '../../ui/language.tsx';
import { useMarked } from '../../ui/notice/marked.tsx';
import { severitySaid } from '../../ui/notice/notice_words.ts';
import { SeverityMark } from '../../ui/notice/severity_mark.tsx';

// A further notice, in one or two lines.
export function WallRow(props: { held: HeldAlert; zone: string; now: number }) {
  const { alert } = props.held;
  const spoken = useSpoken();
  const say = useSay();
  const marked = useMarked(alert);
  const severity = alert.severity ?? 'UNSPECIFIED';
  const start = startFact(alert, props.zone, props.now, spoken);
  const overdue = isPlan(alert) && (instant(alert.start) ?? Number.POSITIVE_INFINITY) <= props.now;
  const time =
    start === null
      ? ''
      : overdue
        ? say('notConfirmed', { time: start.value })
        : `${start.label.toLowerCase()} ${start.value}`;
  return (
    <article className={`wall-row sev-${severity}${isDrill(alert) ? ' exercise' : ''}`}>
      <span className="wall-chip">
        <SeverityMark severity={severity} />
        {say(severitySaid[severity])}
      </span>
      <h2 dir="auto">{marked(alert.headline ?? '')}</h2>
      <span className="wall-row-time">{time}</span>
    </article>
  );
}
