import { Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { drillsOnly } from '../../../state/drill/drills.ts';
import { isOnWards } from '../../../state/life/standing.ts';
import { useConsole } from '../console_context.ts';
import { useHeldAlerts, useOpenAlerts, useProgressOf } from '../open_alerts.ts';
import { ProblemNote } from '../problem_note.tsx';
import { mayPublish } from '../sign_in/roles.ts';
import { DrillRows } from './drill_rows.tsx';
import { usePastDrills, useResultsOf } from './past_drills.ts';

// So many past drills at a time: the result of each is asked for.
const shownAtOnce = 20;

// Exercises and their results, apart from all that is real.
export function Drills() {
  const { caller } = useConsole();
  const open = useOpenAlerts();
  const held = useHeldAlerts();
  const drills = drillsOnly(open.data?.alerts ?? []);
  const written = drillsOnly(held.data ?? []);
  const progress = useProgressOf(drills.filter(isOnWards).map(({ id }) => id ?? ''));
  return (
    <>
      <div className="line">
        <h1>Drills</h1>
        {mayPublish(caller) ? (
          <Button component={Link} href="/drill/new" variant="outline" radius="xl" className="push">
            Start a drill
          </Button>
        ) : null}
      </div>
      <section className="box" aria-label="Running drills">
        <h2>Running and to come</h2>
        {open.isError ? (
          <ProblemNote
            error={open.error}
            what="The open notices could not be read"
            again={() => void open.refetch()}
          />
        ) : null}
        {open.isPending ? <Loader className="late" aria-label="Loading" /> : null}
        {drills.length > 0 ? <DrillRows drills={drills} progress={progress} /> : null}
        {open.isSuccess && drills.length === 0 ? (
          <p className="dim flush">
            No drill is running. A downtime that was practised goes better: start one from a
            template.
          </p>
        ) : null}
      </section>
      {written.length === 0 ? null : (
        <section className="box" aria-label="Drafts of drills">
          <h2>Drafts</h2>
          <DrillRows drills={written} progress={new Map()} />
        </section>
      )}
      <PastDrills />
    </>
  );
}

function PastDrills() {
  const { asked, drills } = usePastDrills();
  const [rows, setRows] = useState(shownAtOnce);
  const shown = drills.slice(0, rows);
  const results = useResultsOf(shown);
  const more = drills.length > rows || asked.hasNextPage;
  return (
    <section className="box" aria-label="Past drills">
      <h2>Past drills</h2>
      {asked.isError ? (
        <ProblemNote
          error={asked.error}
          what="Past drills could not be read"
          again={() => void asked.refetch()}
        />
      ) : null}
      {asked.isPending ? <Loader className="late" aria-label="Loading" /> : null}
      {shown.length > 0 ? <DrillRows drills={shown} progress={results} /> : null}
      {asked.isSuccess && drills.length === 0 ? (
        <p className="dim flush">
          {asked.hasNextPage ? 'None among the newest notices.' : 'There was no drill yet.'}
        </p>
      ) : null}
      {more ? (
        <Button
          size="xs"
          variant="default"
          loading={asked.isFetchingNextPage}
          onClick={() => {
            setRows(rows + shownAtOnce);
            if (drills.length <= rows + shownAtOnce && asked.hasNextPage)
              void asked.fetchNextPage();
          }}
        >
          Look further back
        </Button>
      ) : null}
    </section>
  );
}
