import './drill.css';
import { Button, Loader } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { changeRefusal } from '../../../state/access/coverage.ts';
import { drillStanding, isDrill } from '../../../state/drill/drills.ts';
import { drillResult } from '../../../state/drill/result.ts';
import { isNotOut } from '../../../state/life/standing.ts';
import { helpRequests } from '../../../state/progress/help_requests.ts';
import { useConsole, useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { HelpRequests } from '../notice/help_requests.tsx';
import { useWatched } from '../notice/watched.ts';
import { useZones } from '../notice/zones.ts';
import { ProblemNote } from '../problem_note.tsx';
import { SeverityTag } from '../severity_tag.tsx';
import { mayPublish } from '../sign_in/roles.ts';
import { DrillResults } from './drill_results.tsx';
import { EndDrill } from './end_drill.tsx';

// One drill: where it stands, how each ward does, and its end.
export function DrillPage({ id }: { id: string }) {
  const watched = useWatched(id);
  const now = useNow();
  const { alert, progress } = watched;
  const problem =
    watched.error === null ? null : (
      <ProblemNote
        error={watched.error}
        what={
          alert === undefined ? 'The drill could not be read' : 'What you see may be out of date'
        }
        again={watched.again}
      />
    );
  if (alert === undefined) return problem ?? <Loader className="late" aria-label="Loading" />;
  if (!isDrill(alert)) {
    return (
      <div className="empty">
        <h1 dir="auto">{alert.headline}</h1>
        <p className="big">This is a REAL notice, and no drill.</p>
        <Link href={`/notice/${id}`}>To the notice</Link>
      </div>
    );
  }
  return (
    <>
      {problem}
      <Drill drill={alert} progress={progress} now={now} />
    </>
  );
}

interface DrillNow {
  drill: AlertJson;
  progress: AlertProgressJson | undefined;
  now: number;
}

function Drill({ drill, progress, now }: DrillNow) {
  const directory = useDirectory();
  const times = { ...useZones(drill, progress, directory.data), now };
  const help = progress === undefined ? [] : helpRequests(progress);
  return (
    <>
      <Head drill={drill} standing={drillStanding(drill, times.zone, now, times.sayTime)} />
      {help.length > 0 ? <HelpRequests requests={help} {...times} /> : null}
      {isNotOut(drill) ? null : <Result drill={drill} progress={progress} now={now} />}
    </>
  );
}

function Head({ drill, standing }: { drill: AlertJson; standing: string }) {
  const { caller } = useConsole();
  const directory = useDirectory();
  const publishes =
    mayPublish(caller) && changeRefusal(caller.grants, drill, directory.data?.services) === null;
  return (
    <section className="drill-head" aria-label="Drill">
      <div className="line">
        <SeverityTag alert={drill} />
        <strong data-testid="state">{standing}</strong>
        <span className="dim push">{drill.publishedBy ? `by ${drill.publishedBy}` : ''}</span>
      </div>
      <h1 dir="auto">{drill.headline}</h1>
      <p className="dim flush" dir="auto">
        {[(drill.serviceNames ?? []).join(' · '), drill.impact ?? '']
          .filter((part) => part !== '')
          .join('. ')}
      </p>
      {drill.state === 'CLOSED' && drill.closingText ? (
        <p className="flush" dir="auto">
          Wards read: {drill.closingText}
        </p>
      ) : null}
      <div className="buttons">
        {publishes && drill.state !== 'CLOSED' ? <EndDrill drill={drill} /> : null}
        {publishes && drill.state === 'CLOSED' ? (
          <Button component={Link} href={`/drill/again/${drill.id}`} variant="default">
            Do it again…
          </Button>
        ) : null}
        <Link className="push" href={`/notice/${drill.id}`}>
          The notice as wards have it, its updates and answers
        </Link>
      </div>
    </section>
  );
}

function Result({ drill, progress, now }: DrillNow) {
  if (progress === undefined) return <Loader className="late" aria-label="Loading" />;
  return <DrillResults result={drillResult(drill, progress)} now={now} />;
}
