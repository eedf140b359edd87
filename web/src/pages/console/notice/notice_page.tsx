import './notice_page.css';
import { Loader } from '@mantine/core';
import { Link } from 'wouter';
import { changeRefusal } from '../../../state/access/coverage.ts';
import { helpRequests } from '../../../state/progress/help_requests.ts';
import { undoLeft } from '../../../state/publish/undo.ts';
import { instant } from '../../../state/time/notice_times.ts';
import { useConsole, useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { ProblemNote } from '../problem_note.tsx';
import { mayPublish } from '../sign_in/roles.ts';
import { Actions } from './actions/actions.tsx';
import { Answers } from './answers.tsx';
import { HelpRequests } from './help_requests.tsx';
import { NoticeHead } from './notice_head.tsx';
import { UndoBar } from './undo_bar.tsx';
import { WardProgressList } from './ward_progress_list.tsx';
import { useWatched } from './watched.ts';

// One notice: where it stands, what can be done with it, and who has answered.
export function NoticePage({ id }: { id: string }) {
  const { caller } = useConsole();
  const watched = useWatched(id);
  const directory = useDirectory();
  const now = useNow();
  const { alert, progress } = watched;
  if (alert === undefined) {
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
  const zone = alert.zone || alert.publishedAt?.zone || directory.data?.sites[0]?.zone || 'UTC';
  const open =
    alert.state === 'ACTIVE' || alert.state === 'RECOVERING' || alert.state === 'SCHEDULED';
  const changes = open && mayPublish(caller);
  const refusal = changeRefusal(caller.grants, alert, directory.data?.services);
  const undo =
    changes && refusal === null && (alert.revision ?? 1) <= 1
      ? undoLeft(instant(alert.publishedAt), now)
      : 0;
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
      {undo > 0 ? <UndoBar alert={alert} left={undo} progress={progress} /> : null}
      <NoticeHead
        alert={alert}
        progress={progress}
        contact={watched.contact}
        zone={zone}
        now={now}
      />
      {changes && refusal === null ? <Actions alert={alert} zone={zone} now={now} /> : null}
      {changes && refusal !== null ? (
        <p className="dim flush" data-testid="no-actions">
          You can read this notice, but not update, end or recall it. {refusal}
        </p>
      ) : null}
      {help.length > 0 ? <HelpRequests requests={help} zone={zone} now={now} /> : null}
      {progress === undefined ? (
        <Loader className="late" aria-label="Loading" />
      ) : (
        <div className="two">
          <WardProgressList alertId={id} progress={progress} zone={zone} now={now} />
          <Answers alertId={id} progress={progress} zone={zone} now={now} />
        </div>
      )}
    </>
  );
}
