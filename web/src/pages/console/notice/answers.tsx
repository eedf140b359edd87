import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AlertService } from '../../../gen/wardcast/v1/alert_service_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { answeredBy } from '../../../state/person.ts';
import { answerLog } from '../../../state/progress/answer_log.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { count, helpWord, responseWord, uncapital } from '../../../state/words.ts';
import { useConsole } from '../console_context.ts';
import { ProblemNote } from '../problem_note.tsx';

// So many at a time: old PCs are slow with long lists.
const page = 100;

// Who answered what and when, newest first.
export function Answers(props: {
  alertId: string;
  progress: AlertProgressJson;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const { progress, zone, now, sayTime } = props;
  const [limit, setLimit] = useState(page);
  const timeline = useTimeline(props.alertId);
  const { answers, leftOut } = answerLog(progress, timeline.data ?? []);
  const older = answers.length - limit;
  return (
    <section className="box" aria-label="Answers">
      <h2>Answers</h2>
      {answers.length === 0 ? <p className="dim flush">No ward has answered yet.</p> : null}
      {leftOut === 0 ? null : (
        <p className="line dim flush">
          {count(leftOut, 'older answer is', 'older answers are')} not in this list.
          <Button
            size="xs"
            variant="default"
            loading={timeline.isFetching}
            onClick={() => void timeline.refetch()}
          >
            Show all
          </Button>
        </p>
      )}
      {timeline.isError ? (
        <ProblemNote error={timeline.error} what="The older answers could not be read" />
      ) : null}
      <ul className="log" data-testid="answers">
        {answers.slice(0, limit).map(({ key, answer, wardName }) => (
          <li key={key}>
            <time>{sayTime(Date.parse(answer.at ?? ''), zone, now)}</time>
            <span dir="auto">
              <strong>{wardName}</strong>: {responseWord[answer.response ?? 'UNSPECIFIED']}
              {answer.help === undefined || answer.help === 'UNSPECIFIED'
                ? ''
                : ` (${uncapital(helpWord[answer.help])})`}
              <span className="dim">
                {' '}
                · {answeredBy(answer)}
                {answer.fromOutside ? ' · from outside the ward' : ''}
                {(answer.round ?? 0) < (progress.round ?? 0) ? ' · before the change' : ''}
                {answer.late ? ' · after the end' : ''}
                {answer.note ? ` · ${answer.note}` : ''}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {older > 0 ? (
        <Button size="xs" variant="default" onClick={() => setLimit(limit + page)}>
          Show {Math.min(older, page)} more of {older}
        </Button>
      ) : null}
    </section>
  );
}

// Everything that happened to a notice; asked for only on demand.
function useTimeline(alertId: string) {
  const { client } = useConsole();
  return useQuery({
    queryKey: ['timeline', alertId],
    enabled: false,
    queryFn: async () =>
      (await client.call(AlertService.method.getTimeline, { alertId })).entries ?? [],
  });
}
