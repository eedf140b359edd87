import './status.css';
import { Loader, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AlertJson } from '../../../gen/wardcast/v1/alert_pb.ts';
import type { ServiceStatusJson } from '../../../gen/wardcast/v1/catalogue_service_pb.ts';
import { CatalogueService } from '../../../gen/wardcast/v1/catalogue_service_pb.ts';
import { severityOrder } from '../../../state/endpoint/inbox.ts';
import { inList } from '../../../state/life/in_zones.ts';
import { serviceState, statusSummary } from '../../../state/life/service_state.ts';
import type { SayTime } from '../../../state/time/words.ts';
import { useConsole } from '../console_context.ts';
import { useDirectory } from '../directory.ts';
import { useOpenAlerts } from '../open_alerts.ts';
import { ProblemNote } from '../problem_note.tsx';
import { ServiceRow } from './service_row.tsx';

// Which services work, as far as anybody has said, and what is planned: what is not as usual first,
// then every service by its team.
export function Status() {
  const { client } = useConsole();
  const directory = useDirectory();
  const open = useOpenAlerts();
  const [sought, setSought] = useState('');
  const status = useQuery({
    queryKey: ['service status'],
    refetchInterval: 5_000,
    queryFn: async () => {
      const { services } = await client.call(CatalogueService.method.getServiceStatus, {});
      return services ?? [];
    },
  });
  const alerts = new Map((open.data?.alerts ?? []).map((alert) => [alert.id ?? '', alert]));
  const sayTime = inList(directory.data?.sites ?? []);
  const all = status.data ?? [];
  const states = all.map((one) => serviceState(one, alerts.get(one.alertId ?? '')));
  const found = all.filter(
    ({ service }) =>
      (service?.name ?? '').toLowerCase().includes(sought.trim().toLowerCase()) ||
      (service?.id ?? '').includes(sought.trim().toLowerCase()),
  );
  // What is worst now first, planned work behind it.
  const unusual = found
    .filter((one) => one.alertId || (one.planned ?? []).length > 0)
    .sort((a, b) => rank(b) - rank(a));
  const teams = byTeam(found.filter((one) => !unusual.includes(one)));
  const teamName = (id: string) =>
    directory.data?.teams.find((team) => team.id === id)?.name ?? 'Without a team';
  return (
    <>
      <div className="line">
        <h1>Status</h1>
        <TextInput
          className="push"
          aria-label="Find a service"
          placeholder="Find a service"
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
      </div>
      {status.isError ? (
        <ProblemNote
          error={status.error}
          what="The status could not be read"
          again={() => void status.refetch()}
        />
      ) : null}
      {status.isPending ? <Loader className="late" aria-label="Loading" /> : null}
      {status.data === undefined ? null : (
        <>
          <p className="big flush" aria-live="polite">
            {statusSummary(states)}.
          </p>
          <p className="dim">
            As far as anybody has reported it. Something else does not work? Call the help desk.
          </p>
          <Group
            title="Not as usual, or planned"
            services={unusual}
            alerts={alerts}
            sayTime={sayTime}
          />
          {[...teams].map(([team, services]) => (
            <Group
              key={team}
              title={teamName(team)}
              services={services}
              alerts={alerts}
              sayTime={sayTime}
            />
          ))}
          {found.length === 0 ? (
            <p className="empty">
              {all.length === 0
                ? 'The hospital has no services yet: import them, or start with the default catalogue.'
                : 'No service has this in its name.'}
            </p>
          ) : null}
        </>
      )}
    </>
  );
}

function Group(props: {
  title: string;
  services: readonly ServiceStatusJson[];
  alerts: ReadonlyMap<string, AlertJson>;
  sayTime: SayTime;
}) {
  if (props.services.length === 0) return null;
  return (
    <section className="box" aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul className="plain service-rows">
        {props.services.map((one) => (
          <ServiceRow
            key={one.service?.id}
            status={one}
            alert={props.alerts.get(one.alertId ?? '')}
            sayTime={props.sayTime}
          />
        ))}
      </ul>
    </section>
  );
}

function rank(status: ServiceStatusJson): number {
  return status.alertId ? 1 + severityOrder(status.severity) : 0;
}

function byTeam(services: readonly ServiceStatusJson[]): Map<string, ServiceStatusJson[]> {
  const teams = new Map<string, ServiceStatusJson[]>();
  for (const one of services) {
    const team = one.service?.teamId ?? '';
    teams.set(team, [...(teams.get(team) ?? []), one]);
  }
  return teams;
}
