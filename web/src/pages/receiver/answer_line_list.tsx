import type { AnswerLine } from '../../state/endpoint/answer_lines.ts';
import { when } from '../../state/time/words.ts';

const mark: Record<AnswerLine['case'], string> = {
  recorded: '✓',
  sending: '…',
  refused: '✕',
  earlier: '↺',
};

export function AnswerLineList(props: { lines: AnswerLine[]; zone: string; now: number }) {
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
            {line.at === null ? '' : ` · ${when(line.at, props.zone, props.now)}`}
            <Fate line={line} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Fate({ line }: { line: AnswerLine }) {
  switch (line.case) {
    case 'recorded':
      return <em> · recorded</em>;
    case 'sending':
      return (
        <em> · sending…{line.reason === '' ? '' : ` (${line.reason}; will be tried again)`}</em>
      );
    case 'refused':
      return <strong> · not accepted: {line.reason}</strong>;
    case 'earlier':
      return <em> · please answer again</em>;
  }
}
