import './home.css';
import { Button, Loader } from '@mantine/core';
import { Link } from 'wouter';
import { drillsOnly, realOnly } from '../../../state/drill/drills.ts';
import { severityOrder } from '../../../state/endpoint/inbox.ts';
import { isOnWards } from '../../../state/life/standing.ts';
import { useConsole } from '../console_context.ts';
import { useOpenAlerts, useProgressOf } from '../open_alerts.ts';
import { ProblemNote } from '../problem_note.tsx';
import { mayPublish } from '../sign_in/roles.ts';
import { ComesNext } from './comes_next.tsx';
import { LiveNotice } from './live_notice.tsx';
import { Remarks } from './remarks.tsx';
import { RunningDrills } from './running_drills.tsx';

// What is live now, most severe first.
export function Home() {
  const { caller } = useConsole();
  const open = useOpenAlerts();
  const all = realOnly(open.data?.alerts ?? []);
  const drills = drillsOnly(open.data?.alerts ?? []).filter(isOnWards);
  const alerts = all
    .filter(isOnWards)
    .sort((a, b) => severityOrder(b.severity) - severityOrder(a.severity));
  const progress = useProgressOf(alerts.map((alert) => alert.id ?? ''));
  return (
    <>
      <h1>Live now</h1>
      {open.isError ? (
        <ProblemNote
          error={open.error}
          what="The open notices could not be read"
          again={() => void open.refetch()}
        />
      ) : null}
      {open.isPending ? <Loader className="late" aria-label="Loading" /> : null}
      {open.data !== undefined && alerts.length === 0 && !open.isError ? (
        <div className="empty">
          <p className="big">No notice is open.</p>
          {mayPublish(caller) ? (
            <>
              <p>When a system goes down, tell the wards from a template in under half a minute.</p>
              <Button component={Link} href="/new" size="md">
                New notice
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      <ul className="live">
        {alerts.map((alert) => (
          <li key={alert.id}>
            <LiveNotice alert={alert} progress={progress.get(alert.id ?? '')} />
          </li>
        ))}
      </ul>
      <RunningDrills drills={drills} />
      <ComesNext alerts={all} />
      <Remarks />
    </>
  );
}
