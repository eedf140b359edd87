import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { inList } from '../../../../state/life/in_zones.ts';
import { together } from '../../../../state/publish/fill.ts';
import { instant } from '../../../../state/time/notice_times.ts';
import { count } from '../../../../state/words.ts';
import { useNow } from '../../console_context.ts';
import { useDirectory } from '../../directory.ts';
import { useOpenAlerts, useProgressOf } from '../../open_alerts.ts';

// Open notices about the same service.
export function useSameService(ids: readonly string[]): AlertJson[] {
  const open = useOpenAlerts();
  return (open.data?.alerts ?? []).filter((alert) => ids.includes(alert.id ?? ''));
}

// Updating an open notice comes before sending another.
export function OpenNotices({ notices }: { notices: readonly AlertJson[] }) {
  if (notices.length === 0) return null;
  return (
    <section className="offer" aria-label="Open notice of this service">
      <strong>This service has an open notice. Update it?</strong>
      <OpenNoticeLines notices={notices} />
    </section>
  );
}

// "Imaging has an open notice since 13:52 (31 wards)", and the way to each.
export function OpenNoticeLines(props: { notices: readonly AlertJson[]; focus?: boolean }) {
  const now = useNow(30_000);
  const sayTime = inList(useDirectory().data?.sites ?? []);
  const progress = useProgressOf(props.notices.map(({ id }) => id ?? ''));
  return (
    <ul className="plain">
      {props.notices.map((alert, index) => {
        const since = instant(alert.publishedAt);
        const wards = progress.get(alert.id ?? '')?.wards ?? 0;
        return (
          <li key={alert.id} className="line">
            <span dir="auto">
              {together(alert.serviceNames ?? [])} {hasWord(alert)} an open notice
              {since === null ? '' : ` since ${sayTime(since, alert.zone || 'UTC', now)}`}
              {wards === 0 ? '' : ` (${count(wards, 'ward', 'wards')})`}: {alert.headline}
            </span>
            <Button
              component={Link}
              href={`/notice/${alert.id}`}
              size="xs"
              className="push"
              data-autofocus={(props.focus && index === 0) || undefined}
            >
              Update it
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function hasWord(alert: AlertJson): string {
  return (alert.serviceNames ?? []).length > 1 ? 'have' : 'has';
}
