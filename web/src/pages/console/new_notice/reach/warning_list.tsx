import type { WarningJson } from '../../../../gen/wardcast/v1/publishing_pb.ts';
import { toRead } from '../../../../state/publish/warnings.ts';

// What to know before sending; none of it forbids.
export function WarningList({ warnings }: { warnings: readonly WarningJson[] }) {
  const lines = toRead(warnings);
  if (lines.length === 0) return null;
  return (
    <section className="offer" aria-label="Before you send">
      <strong>Before you send</strong>
      <ul className="plain warnings" data-testid="warnings">
        {lines.map((line) => (
          <li key={line}>
            <span aria-hidden="true">⚠ </span>
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
