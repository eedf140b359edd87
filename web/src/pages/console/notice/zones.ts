import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { AlertProgressJson } from '../../../gen/wardcast/v1/progress_pb.ts';
import { inZones, zonesRead } from '../../../state/life/in_zones.ts';
import { isNotOut } from '../../../state/life/standing.ts';
import type { SayTime } from '../../../state/time/words.ts';
import type { Directory } from '../directory.ts';
import { useReachOf } from './reach_of.ts';

// The zone in which a notice's times are meant, and how they are said where its audience spans more
// than one: by the wards that it is for, or would be for now.
export function useZones(
  alert: AlertJson,
  progress: AlertProgressJson | undefined,
  directory: Directory | undefined,
): { zone: string; sayTime: SayTime } {
  const unseen = isNotOut(alert);
  const foreseen = useReachOf(alert, unseen);
  const sites = directory?.sites ?? [];
  const zone = alert.zone || alert.publishedAt?.zone || sites[0]?.zone || 'UTC';
  const wards = (unseen ? foreseen?.reach?.wards : progress?.byWard) ?? [];
  const zones = zonesRead(
    zone,
    wards.map(({ siteId }) => siteId),
    sites,
  );
  return { zone, sayTime: inZones(zones) };
}
