import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';

export interface Named {
  id: string;
  name: string;
}

// Its services that are not in order again everywhere.
export function stillDown(alert: AlertJson): Named[] {
  const again = new Set(
    (alert.cleared ?? [])
      .filter((part) => (part.sites ?? []).length === 0)
      .flatMap((part) => part.services ?? []),
  );
  return (alert.services ?? [])
    .map((id, index) => ({ id, name: alert.serviceNames?.[index] || id }))
    .filter(({ id }) => !again.has(id));
}

export interface Clearing {
  services: readonly string[];
  sites: readonly string[];
}

// What is asked for: nothing named is the whole.
export function clearingOf(
  ticked: Clearing,
  all: Clearing,
): { services?: string[]; sites?: string[] } {
  const part = (mine: readonly string[], of: readonly string[]) =>
    of.every((id) => mine.includes(id)) ? null : of.filter((id) => mine.includes(id));
  const services = part(ticked.services, all.services);
  const sites = part(ticked.sites, all.sites);
  return {
    ...(services === null ? {} : { services }),
    ...(sites === null ? {} : { sites }),
  };
}
