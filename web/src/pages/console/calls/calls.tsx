import './calls.css';
import { Loader } from '@mantine/core';
import { realOnly } from '../../../state/drill/drills.ts';
import { realProblemWords } from '../../../state/drill/result.ts';
import { isOnWards } from '../../../state/life/standing.ts';
import { asking, callList, reporting } from '../../../state/progress/call_list.ts';
import { helpWords } from '../../../state/progress/progress_words.ts';
import { clockWithSeconds } from '../../../state/time/words.ts';
import { count } from '../../../state/words.ts';
import { useNow } from '../console_context.ts';
import { siteOfWard, useDirectory } from '../directory.ts';
import { useJustEnded } from '../drill/past_drills.ts';
import { useOpenAlerts, useProgressOf } from '../open_alerts.ts';
import { ProblemNote } from '../problem_note.tsx';
import { CallRowView } from './call_row.tsx';

// For the house supervisor: whom to call, in which order.
export function Calls() {
  const open = useOpenAlerts();
  const directory = useDirectory();
  const ended = useJustEnded();
  const shown = (open.data?.alerts ?? []).filter(isOnWards);
  const alerts = [...shown, ...ended.filter(({ id }) => !shown.some((each) => each.id === id))];
  const progress = useProgressOf(alerts.map((alert) => alert.id ?? ''));
  const now = useNow(5_000);
  const known = alerts.flatMap((alert) => {
    const mine = progress.get(alert.id ?? '');
    return mine === undefined ? [] : [{ alert, progress: mine }];
  });
  const rows = callList(known, directory.data?.wards ?? []);
  const help = asking(rows);
  const real = reporting(rows);
  const silent = rows.length - help - real;
  const words = [
    real === 0 ? '' : `${realProblemWords(real)}, told in a drill`,
    helpWords(help),
  ].filter((part) => part !== '');
  // Of the oldest of what is shown: without a broker the list stays, and its time too.
  const asOf =
    open.data === undefined
      ? null
      : known.reduce(
          (oldest, { progress }) =>
            Math.min(oldest, Date.parse(progress.serverTime ?? '') || oldest),
          open.data.asOf,
        );
  const waiting = open.isPending || known.length < alerts.length;
  const zone = directory.data?.sites[0]?.zone ?? 'UTC';
  return (
    <>
      <div className="line">
        <h1>Call list</h1>
        {asOf === null ? null : (
          <span className="dim push">as of {clockWithSeconds(asOf, zone)}</span>
        )}
      </div>
      {open.isError ? (
        <ProblemNote
          error={open.error}
          what="The open notices could not be read"
          again={() => void open.refetch()}
        />
      ) : null}
      {waiting && !open.isError ? <Loader className="late" aria-label="Loading" /> : null}
      {!waiting && rows.length === 0 ? (
        <div className="empty">
          <p className="big">Nobody has to be called.</p>
          <p>
            {realOnly(shown).length === 0
              ? 'No notice is open.'
              : 'Every ward that was asked has answered, and no help request is open.'}
          </p>
        </div>
      ) : null}
      {rows.length === 0 ? null : (
        <>
          <p className="dim">
            {words.length === 0 ? null : <strong className="late-word">{words.join(' · ')}</strong>}
            {words.length === 0 || silent === 0 ? '' : ' · '}
            {silent === 0 ? '' : count(silent, 'ward has not answered', 'wards have not answered')}
          </p>
          <ol className="calls">
            {rows.map((row) => (
              <CallRowView
                key={row.wardId}
                row={row}
                now={now}
                site={
                  directory.data === undefined || directory.data.sites.length < 2
                    ? ''
                    : (siteOfWard(directory.data, row.wardId)?.name ?? '')
                }
              />
            ))}
          </ol>
        </>
      )}
    </>
  );
}
