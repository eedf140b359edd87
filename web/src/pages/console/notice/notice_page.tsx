import './notice_page.css';
import { Loader } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { changeRefusal, mayApprove } from '../../../state/access/coverage.ts';
import { isDrill } from '../../../state/drill/drills.ts';
import { isNotOut, isOnWards } from '../../../state/life/standing.ts';
import { helpRequests } from '../../../state/progress/help_requests.ts';
import { heldFor, undoLeft } from '../../../state/publish/undo.ts';
import { instant } from '../../../state/time/notice_times.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { useConsole, useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { ProblemNote } from '../problem_note.tsx';
import { mayPublish } from '../sign_in/roles.ts';
import { Actions } from './actions/actions.tsx';
import { ApprovalPanel } from './actions/approval_panel.tsx';
import { DraftActions } from './actions/draft_actions.tsx';
import { Answers } from './answers.tsx';
import { CopyAs } from './copy_as.tsx';
import { HelpRequests } from './help_requests.tsx';
import { NotOut } from './not_out.tsx';
import { NoticeHead } from './notice_head.tsx';
import { UndoBar } from './undo_bar.tsx';
import { WardProgressList } from './ward_progress_list.tsx';
import { useWatched, type Watched } from './watched.ts';
import { useZones } from './zones.ts';

// One notice: where it stands, what can be done with it, and who has answered.
export function NoticePage({ id }: { id: string }) {
  const watched = useWatched(id);
  const { alert } = watched;
  if (alert !== undefined) return <Notice alert={alert} watched={watched} />;
  return watched.error === null ? (
    <Loader className="late" aria-label="Loading" />
  ) : (
    <>
      <ProblemNote
        error={watched.error}
        what="The notice could not be read"
        again={watched.again}
      />
      <p>
        <Link href="/">To what is live now</Link>
      </p>
    </>
  );
}

function Notice({ alert, watched }: { alert: AlertJson; watched: Watched }) {
  const { caller } = useConsole();
  const { data: directory } = useDirectory();
  const now = useNow();
  const { progress } = watched;
  const { zone, sayTime } = useZones(alert, progress, directory);
  const waits = alert.state === 'PENDING_APPROVAL';
  const written = alert.state === 'DRAFT' || waits;
  const changes = alert.state !== 'CLOSED' && mayPublish(caller);
  const refusal = changeRefusal(caller.grants, alert, directory?.services);
  const acts = changes && refusal === null;
  const undo = acts ? undoFor(alert, now) : 0;
  const around = { alert, progress, directory, zone, now, sayTime };
  const help = progress === undefined ? [] : helpRequests(progress);
  return (
    <>
      {watched.error === null ? null : (
        <ProblemNote
          error={watched.error}
          what="What you see may be out of date"
          again={watched.again}
        />
      )}
      {undo > 0 ? (
        <UndoBar alert={alert} left={undo} held={!isOnWards(alert)} progress={progress} />
      ) : null}
      {isDrill(alert) ? (
        <p>
          This is an exercise. <Link href={`/drill/${alert.id}`}>To the drill and its results</Link>
        </p>
      ) : null}
      <NoticeHead {...around} contact={watched.contact} />
      {waits ? (
        <ApprovalPanel
          alert={alert}
          now={now}
          approves={mayApprove(caller.grants, alert, directory?.services)}
          publishes={acts}
        />
      ) : null}
      {acts && written ? <DraftActions alert={alert} /> : null}
      {acts && !written ? <Actions {...around} /> : null}
      {changes && refusal !== null ? (
        <p className="dim flush" data-testid="no-actions">
          You can read this notice, but not update, end or recall it. {refusal}
        </p>
      ) : null}
      {help.length > 0 ? (
        <HelpRequests requests={help} zone={zone} now={now} sayTime={sayTime} />
      ) : null}
      {isNotOut(alert) ? <NotOut {...around} /> : <Told {...around} id={alert.id ?? ''} />}
      <CopyAs {...around} />
    </>
  );
}

// Who has been told, and has answered.
function Told(props: {
  id: string;
  progress: AlertProgressJson | undefined;
  zone: string;
  now: number;
  sayTime: SayTime;
}) {
  const { id, progress, zone, now, sayTime } = props;
  if (progress === undefined) return <Loader className="late" aria-label="Loading" />;
  return (
    <div className="two">
      <WardProgressList alertId={id} progress={progress} zone={zone} now={now} />
      <Answers alertId={id} progress={progress} zone={zone} now={now} sayTime={sayTime} />
    </div>
  );
}

// Milliseconds for which one press takes it back: a minute after it went out, and while it is held.
function undoFor(alert: AlertJson, now: number): number {
  if (alert.state === 'SCHEDULED') {
    const left = (instant(alert.sendAt) ?? 0) - now;
    return left > 0 && left <= heldFor ? left : 0;
  }
  const published = instant(alert.publishedAt);
  const changed = instant(alert.changedAt);
  // A draft has revisions from before it went out.
  const asSent =
    (alert.revision ?? 1) <= 1 || (published !== null && changed !== null && changed <= published);
  return isOnWards(alert) && asSent ? undoLeft(published, now) : 0;
}
