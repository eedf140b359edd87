import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { realOnly } from '../../../state/drill/drills.ts';
import { withinADay } from '../../../state/life/planned.ts';
import { useNow } from '../console_context.ts';
import { useHeldAlerts } from '../open_alerts.ts';
import { AlertRows } from '../planned/alert_rows.tsx';

// What comes next: notices that wait for approval, and what is planned within a day.
export function ComesNext({ alerts }: { alerts: readonly AlertJson[] }) {
  const now = useNow(30_000);
  const held = useHeldAlerts();
  const waiting = realOnly(held.data ?? []).filter(({ state }) => state === 'PENDING_APPROVAL');
  const soon = withinADay(alerts, now);
  return (
    <>
      {waiting.length === 0 ? null : (
        <section className="box" aria-label="Waiting for approval">
          <h2>Waiting for approval</h2>
          <AlertRows alerts={waiting} />
        </section>
      )}
      {soon.length === 0 ? null : (
        <section className="box" aria-label="The next 24 hours">
          <div className="line">
            <h2>The next 24 hours</h2>
            <Link className="push" href="/planned">
              All that is planned
            </Link>
          </div>
          <AlertRows alerts={soon} />
        </section>
      )}
    </>
  );
}
