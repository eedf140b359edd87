import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../gen/wardcast/v1/progress_pb.ts';
import { helpWords, progressWords } from '../../state/progress/progress_words.ts';

// How far a notice has come, in one line; who waits for help stands out.
export function ProgressLine(props: { alert: AlertJson; progress: AlertProgressJson }) {
  const help = helpWords(props.progress.wardsHelp ?? 0);
  return (
    <>
      {progressWords(props.progress, props.alert.asksAnswer ?? false)}
      {help === '' ? null : <strong className="late-word"> · {help}</strong>}
    </>
  );
}
