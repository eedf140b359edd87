import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { isDrill } from '../../state/drill/drills.ts';
import { drillResult, realProblemWords } from '../../state/drill/result.ts';
import { helpWords, progressWords } from '../../state/progress/progress_words.ts';

// How far a notice has come, in one line; who waits for help stands out.
export function ProgressLine(props: { alert: AlertJson; progress: AlertProgressJson }) {
  const { alert, progress } = props;
  const real = isDrill(alert) ? drillResult(alert, progress).realProblems : 0;
  const help = [realProblemWords(real), helpWords(Math.max(0, (progress.wardsHelp ?? 0) - real))]
    .filter((part) => part !== '')
    .join(' · ');
  return (
    <>
      {progressWords(progress, alert.asksAnswer ?? false)}
      {help === '' ? null : <strong className="late-word"> · {help}</strong>}
    </>
  );
}
