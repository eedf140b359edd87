import type { ReachJson } from '../../gen/wardcast/v1/audience_pb.ts';
import { count } from '../words.ts';

// "20 wards, 3 closed now · 268 PCs · 2 lost · 12 off · 5 locked · 2 boards"
export function reachWords(reach: ReachJson): string {
  const closed = reach.closedWards ?? 0;
  const wards = count(reach.wards?.length ?? 0, 'ward', 'wards');
  const parts = [
    closed === 0 ? wards : `${wards}, ${closed} closed now`,
    count(reach.endpoints ?? 0, 'PC', 'PCs'),
    ...awayWords(reach),
    (reach.boards ?? 0) === 0 ? '' : count(reach.boards ?? 0, 'board', 'boards'),
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
