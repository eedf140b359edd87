import type { AnswerLine } from '../../state/endpoint/answer_lines.ts';
import { when } from '../../state/time/words.ts';
import { useSay, useSpoken } from '../../ui/language.tsx';

const mark: Record<AnswerLine['case'], string> = {
  recorded: '✓',
  sending: '…',
  refused: '✕',
  earlier: '↺',
  before: '↺',
};

export function AnswerLineList(props: { lines: AnswerLine[]; zone: string; now: number }) {
  const spoken = useSpoken();
  if (props.lines.length === 0) return null;
  return (
    <ul className="answer-lines" aria-live="polite">
      {props.lines.map((line) => (
        <li key={line.key} className={line.case}>
          <span aria-hidden="true" className="line-mark">
            {mark[line.case]}
          </span>
          <span dir="auto">
            {line.text}
            {line.at === null ? '' : ` · ${when(line.at, props.zone, props.now, false, spoken)}`}
            <Fate line={line} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Fate({ line }: { line: AnswerLine }) {
  const say = useSay();
  switch (line.case) {
    case 'recorded':
      return <em> · {say('recorded')}</em>;
    case 'sending':
      return (
        <em>
          {' · '}
          {line.reason === '' ? say('sending') : say('sendingAgain', { reason: line.reason })}
        </em>
      );
    case 'refused':
      return <strong> · {say('notAcceptedLine', { reason: line.reason })}</strong>;
    case 'earlier':
      return <em> · {say('answerAgain')}</em>;
    case 'before':
      return null;
  }
}
