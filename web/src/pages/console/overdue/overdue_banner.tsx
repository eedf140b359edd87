import './overdue.css';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import { isDrill } from '../../../state/drill/drills.ts';
import { inEnglish } from '../../../state/language/words.ts';
import { inList } from '../../../state/life/in_zones.ts';
import { isOverdue, type OverdueUpdate, overdueFor } from '../../../state/life/overdue.ts';
import { nextUpdateFact } from '../../../state/time/notice_times.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { count } from '../../../state/words.ts';
import { useConsole, useNow } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { noNewsMinutes, useNoNews } from '../notice/actions/no_news.ts';
import { useOpenAlerts } from '../open_alerts.ts';
import { ProblemNote } from '../problem_note.tsx';
import { mayApprove, mayPublish } from '../sign_in/roles.ts';

// More than anybody reads above a page.
const most = 3;

// On every page, for those who promised: updates whose time has passed. After three misses for those
// who approve too.
export function OverdueBanner() {
  const { caller } = useConsole();
  return mayPublish(caller) || mayApprove(caller) ? <Overdue /> : null;
}

function Overdue() {
  const { caller } = useConsole();
  const open = useOpenAlerts(15_000);
  const now = useNow(5_000);
  const alerts = (open.data?.alerts ?? []).filter((alert) => isOverdue(alert, now));
  // Whose services they are.
  const directory = useDirectory(alerts.length > 0);
  const overdue = directory.isPending
    ? []
    : overdueFor(alerts, caller.grants, directory.data?.services, now);
  const sayTime = inList(directory.data?.sites ?? []);
  const more = overdue.length - most;
  if (overdue.length === 0) return null;
  return (
    <section className="overdue" aria-label="Updates overdue">
      <ul className="plain">
        {overdue.slice(0, most).map((each) => (
          <Row key={each.alert.id} {...each} now={now} sayTime={sayTime} />
        ))}
      </ul>
      {more > 0 ? (
        <Link href="/">{count(more, 'more update is', 'more updates are')} overdue</Link>
      ) : null}
    </section>
  );
}

function Row({ alert, mine, now, sayTime }: OverdueUpdate & { now: number; sayTime: SayTime }) {
  const noNews = useNoNews(alert);
  return (
    <li data-alert={alert.id}>
      <div className="line">
        <span role="status" dir="auto">
          {isDrill(alert) ? 'EXERCISE · ' : ''}
          <strong className="late-word">Update overdue:</strong> {alert.headline}
        </span>{' '}
        <span className="dim">{lateWords(alert, now, sayTime)}</span>
        <span className="push buttons">
          {mine ? (
            <Button
              size="xs"
              variant="default"
              loading={noNews.isPending}
              onClick={() => noNews.say(now)}
            >
              No news + {noNewsMinutes} min
            </Button>
          ) : null}
          <Button component={Link} href={`/notice/${alert.id}`} size="xs" variant="default">
            Open
          </Button>
        </span>
      </div>
      {noNews.error === null ? null : <ProblemNote error={noNews.error} what="Not done yet" />}
    </li>
  );
}

// "was due 14:30, late by 12 min · 3 promised updates in a row did not come"
function lateWords(alert: AlertJson, now: number, sayTime: SayTime): string {
  const zone = alert.zone || alert.publishedAt?.zone || 'UTC';
  const fact = nextUpdateFact(alert, zone, now, inEnglish, sayTime);
  const missed = alert.missedUpdates ?? 0;
  return [
    fact === null ? '' : `${fact.value}, late ${fact.aside}`,
    missed < 2 ? '' : `${missed} promised updates in a row did not come`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
