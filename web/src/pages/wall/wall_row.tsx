import type { HeldAlert } from '../../state/endpoint/held.ts';
import { startFact } from '../../state/time/notice_times.ts';
import { severityWord } from '../../state/words.ts';
import { SeverityMark } from '../../ui/notice/severity_mark.tsx';

// A further notice, in one or two lines.
export function WallRow(props: { held: HeldAlert; zone: string; now: number }) {
  const { alert } = props.held;
  const severity = alert.severity ?? 'UNSPECIFIED';
  const start = startFact(alert, props.zone, props.now);
  return (
    <article className={`wall-row sev-${severity}`}>
      <span className="wall-chip">
        <SeverityMark severity={severity} />
        {severityWord[severity]}
      </span>
      <h2 dir="auto">{alert.headline}</h2>
      <span className="wall-row-time">
        {start === null ? '' : `${start.label.toLowerCase()} ${start.value}`}
      </span>
    </article>
  );
}
