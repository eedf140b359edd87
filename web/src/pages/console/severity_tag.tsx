import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { severityWord } from '../../state/words.ts';
import { SeverityMark } from '../../ui/notice/severity_mark.tsx';

export function SeverityTag({ alert }: { alert: AlertJson }) {
  const severity = alert.severity ?? 'UNSPECIFIED';
  return (
    <span className={`tag sev-${severity}${isDrill(alert) ? ' exercise' : ''}`}>
      <SeverityMark severity={severity} />
      {isDrill(alert) ? 'EXERCISE ' : ''}
      {severityWord[severity]}
    </span>
  );
}
