import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { instant } from '../../../../state/time/notice_times.ts';
import { when } from '../../../../state/time/words.ts';
import { useNow } from '../../console_context.ts';
import { useOpenAlerts } from '../../open_alerts.ts';

// An open notice about the same service: updating it comes before sending another.
export function OpenNotices({ ids }: { ids: readonly string[] }) {
  const open = useOpenAlerts();
  const now = useNow(30_000);
  const same = (open.data?.alerts ?? []).filter((alert) => ids.includes(alert.id ?? ''));
  if (same.length === 0) return null;
  return (
    <section className="offer" aria-label="Open notice of this service">
      <strong>This service has an open notice. Update it?</strong>
      <ul className="plain">
        {same.map((alert) => {
          const since = instant(alert.publishedAt);
          return (
            <li key={alert.id} className="line">
              <span dir="auto">
                {alert.headline}
                {since === null ? '' : ` · since ${when(since, alert.zone || 'UTC', now)}`}
              </span>
              <Button component={Link} href={`/notice/${alert.id}`} size="xs" className="push">
                Update it
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
