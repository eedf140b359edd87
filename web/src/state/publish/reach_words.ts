import type { ReachJson } from '../../gen/wardcast/v1/audience_pb.ts';
import { count } from '../words.ts';

// "20 wards · 268 PCs · 14 not connected · 2 boards"
export function reachWords(reach: ReachJson): string {
  const parts = [
    count(reach.wards?.length ?? 0, 'ward', 'wards'),
    count(reach.endpoints ?? 0, 'PC', 'PCs'),
    (reach.notConnected ?? 0) === 0 ? 'all connected' : `${reach.notConnected} not connected`,
  ];
  if ((reach.boards ?? 0) > 0) parts.push(count(reach.boards ?? 0, 'board', 'boards'));
  return parts.join(' · ');
}

// More than a quarter of the hospital's wards: the site's name is typed before it goes out.
export function isWide(reach: ReachJson): boolean {
  return (reach.wards?.length ?? 0) * 4 > (reach.wardsTotal ?? 0);
}

// Wards that have had more than three interrupting notices in seven days.
export function tiredWards(reach: ReachJson): string[] {
  return (reach.wards ?? [])
    .filter((ward) => (ward.notices7d ?? 0) > 3)
    .map((ward) => ward.name ?? '');
}
