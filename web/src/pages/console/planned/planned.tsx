import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { realOnly } from '../../../state/drill/drills.ts';
import { planned } from '../../../state/life/planned.ts';
import { useConsole } from '../console_context.ts';
import { useHeldAlerts, useOpenAlerts } from '../open_alerts.ts';
import { ProblemNote } from '../problem_note.tsx';
import { mayApprove, mayPublish } from '../sign_in/roles.ts';
import { AlertRows } from './alert_rows.tsx';

// What wards do not see yet: planned work, what goes out later, what waits for approval, drafts.
export function Planned() {
  const { caller } = useConsole();
  const open = useOpenAlerts();
  const held = useHeldAlerts();
  const ahead = planned(realOnly(open.data?.alerts ?? []));
  const written = realOnly(held.data ?? []);
  const waiting = written.filter(({ state }) => state === 'PENDING_APPROVAL');
  const drafts = written.filter(({ state }) => state === 'DRAFT');
  const writes = mayPublish(caller) || mayApprove(caller);
  return (
    <>
      <h1>Planned</h1>
      {writes ? (
        <Part title="Waiting for approval" query={held} none="Nothing waits for approval.">
          {waiting.length === 0 ? null : <AlertRows alerts={waiting} />}
        </Part>
      ) : null}
      <Part
        title="Planned and scheduled"
        query={open}
        none="No work is planned, and nothing waits for its time."
      >
        {ahead.length === 0 ? null : <AlertRows alerts={ahead} />}
      </Part>
      {writes ? (
        <Part
          title="Drafts"
          query={held}
          none="There is no draft. “Save draft” under a new notice makes one; so does a machine that may not send what it wants to."
        >
          {drafts.length === 0 ? null : <AlertRows alerts={drafts} />}
        </Part>
      ) : null}
    </>
  );
}

function Part(props: {
  title: string;
  query: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  // Said if there is nothing.
  none: string;
  children: ReactNode;
}) {
  const { title, query } = props;
  return (
    <section className="box" aria-label={title}>
      <h2>{title}</h2>
      {query.isError ? (
        <ProblemNote
          error={query.error}
          what="This could not be read"
          again={() => void query.refetch()}
        />
      ) : null}
      {query.isPending ? <Loader className="late" aria-label="Loading" /> : null}
      {query.isPending || query.isError
        ? props.children
        : (props.children ?? <p className="dim flush">{props.none}</p>)}
    </section>
  );
}
