import type { ReachJson } from '../../gen/wardcast/v1/audience_pb.ts';
import type { SiteJson } from '../../gen/wardcast/v1/directory_pb.ts';

export interface NoticeZone {
  // In which the notice's times are typed and meant.
  zone: string;
  // The audience spans more than one zone: times carry theirs.
  several: boolean;
}

// The zone of the first site that is reached; of the first site while nobody is.
export function noticeZone(reach: ReachJson | undefined, sites: readonly SiteJson[]): NoticeZone {
  const reached = new Set((reach?.wards ?? []).map((ward) => ward.siteId));
  const zones = sites.filter((site) => reached.has(site.id)).map((site) => site.zone ?? 'UTC');
  return {
    zone: zones[0] ?? sites[0]?.zone ?? 'UTC',
    several: new Set(zones).size > 1,
  };
}
