import { useState } from 'react';
import type { ProcedureJson } from '../../../gen/wardcast/v1/directory_pb.ts';
import type { StationView } from '../../../live/station.ts';
import { dateAt, reviewOf } from '../../../state/procedures/review.ts';
import { useSay } from '../../../ui/language.tsx';

// What to do by hand while a service is down, kept on this PC so that it opens when nothing else
// does: approved ones only, each with who stands for it.
export function Procedures({ view, zone }: { view: StationView; zone: string }) {
  const say = useSay();
  const procedures = view.state.procedures?.procedures ?? [];
  if (procedures.length === 0) return null;
  const today = dateAt(view.now, zone);
  return (
    <section className="procedures" aria-labelledby="procedures">
      <h2 id="procedures">{say('procedures')}</h2>
      {procedures.map((procedure) => (
        <Folded key={procedure.id} procedure={procedure} today={today} />
      ))}
    </section>
  );
}

// Its steps are on the page only while it is open: there may be one for each of 40 services.
function Folded({ procedure, today }: { procedure: ProcedureJson; today: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary dir="auto">{procedure.title}</summary>
      {opened ? (
        <>
          <ol dir="auto">
            {(procedure.steps ?? []).map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <Approval procedure={procedure} today={today} />
        </>
      ) : null}
    </details>
  );
}

function Approval({ procedure, today }: { procedure: ProcedureJson; today: string }) {
  const say = useSay();
  const review = reviewOf(procedure, today);
  const by = procedure.approvedBy ?? '';
  const on = procedure.approvedOn ?? '';
  return (
    <p className="approval">
      {procedure.owner ? <span dir="auto">{procedure.owner} · </span> : null}
      <span dir="auto">
        {on === '' ? say('approvedBy', { by }) : say('approvedByOn', { by, on })}
      </span>
      {review.on === '' ? null : review.overdue ? (
        <strong> · {say('reviewOverdue', { on: review.on })}</strong>
      ) : (
        ` · ${say('reviewOn', { on: review.on })}`
      )}
    </p>
  );
}
