import type { ReachJson } from '../../gen/wardcast/v1/audience_pb.ts';
import { count } from '../words.ts';

// "20 wards · 268 PCs · 2 lost · 12 off · 5 locked · 2 boards · 3 wards closed now"
export function reachWords(reach: ReachJson): string {
  const closed = reach.closedWards ?? 0;
  const parts = [
    count(reach.wards?.length ?? 0, 'ward', 'wards'),
    count(reach.endpoints ?? 0, 'PC', 'PCs'),
    ...awayWords(reach),
    (reach.boards ?? 0) === 0 ? '' : count(reach.boards ?? 0, 'board', 'boards'),
    closed === 0 ? '' : `${count(closed, 'ward', 'wards')} closed now`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

// Those that will not show it at once, lost first.
function awayWords(reach: ReachJson): string[] {
  const lost = reach.lost ?? 0;
  const off = reach.off ?? 0;
  const locked = reach.locked ?? 0;
  const away = reach.notConnected ?? 0;
  const other = away - lost - off;
  const parts = [
    lost === 0 ? '' : `${lost} lost`,
    off === 0 ? '' : `${off} off`,
    other <= 0 ? '' : `${other} not connected`,
    locked === 0 ? '' : `${locked} locked`,
  ];
  return away === 0 && locked === 0 ? ['all connected'] : parts;
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

// The name that is typed for a wide send: of the first site that is reached.
export function reachedSite(
  reach: ReachJson,
  sites: readonly { id?: string; name?: string }[],
): string {
  const first = reach.wards?.[0]?.siteId;
  return (sites.find((site) => site.id === first) ?? sites[0])?.name ?? '';
}

export function sameName(typed: string, name: string): boolean {
  return typed.trim().toLocaleLowerCase() === name.trim().toLocaleLowerCase();
}
