import '../../pieces/pieces.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  CatalogueService,
  type ProposeImpactResponseJson,
} from '../../../../gen/wardcast/v1/catalogue_service_pb.ts';
import { linesOf } from '../../../../state/publish/notice_form.ts';
import { count } from '../../../../state/words.ts';
import { useConsole } from '../../console_context.ts';
import type { FieldsProps } from './fields_props.ts';

// More than anybody reads at night.
const most = 40;

export interface Proposal {
  found: ProposeImpactResponseJson | undefined;
  // Services that were ticked here; they count as chosen, and stay in the list.
  ticked: readonly string[];
  tick: (id: string, on: boolean) => void;
}

// What hangs on the chosen services, asked from the broker.
export function useProposal({ form, change }: FieldsProps): Proposal {
  const { client } = useConsole();
  const [added, setAdded] = useState<readonly string[]>([]);
  const ticked = added.filter((id) => form.services.includes(id));
  const chosen = form.services.filter((id) => !ticked.includes(id));
  const found = useQuery({
    queryKey: ['impact', chosen],
    enabled: chosen.length > 0,
    staleTime: 300_000,
    queryFn: () => client.call(CatalogueService.method.proposeImpact, { services: chosen }),
  });
  return {
    found: chosen.length === 0 ? undefined : found.data,
    ticked,
    tick: (id, on) => {
      setAdded(on ? [...ticked, id] : ticked.filter((each) => each !== id));
      change({
        services: on ? [...form.services, id] : form.services.filter((each) => each !== id),
      });
    },
  };
}

// Services that depend on what is down: a proposal, nothing is ticked.
export function AlsoAffected({ found, ticked, tick }: Proposal) {
  const affected = found?.affected ?? [];
  if (affected.length === 0) return null;
  const wards = found?.furtherWards?.length ?? 0;
  return (
    <details className="folded proposal">
      <summary>
        {count(affected.length, 'other service depends', 'other services depend')} on this
        {wards === 0 ? '' : `, and ${count(wards, 'more ward', 'more wards')} with them`}
      </summary>
      <fieldset className="ticks">
        <legend>Tick what is down too; its wards are then told as well</legend>
        {affected.slice(0, most).map(({ id = '', name }) => (
          <Tick
            key={id}
            label={name || id}
            on={ticked.includes(id)}
            change={(on) => tick(id, on)}
          />
        ))}
      </fieldset>
    </details>
  );
}

// Lines for "what still works": a proposal, nothing is ticked.
export function MayStillWork({ found, form, change }: Proposal & FieldsProps) {
  const works = (found?.stillWorks ?? []).map(({ id, name }) => name || (id ?? ''));
  if (works.length === 0) return null;
  const lines = linesOf(form.stillWorks);
  const set = (next: readonly string[]) => change({ stillWorks: next.join('\n') });
  return (
    <details className="folded proposal">
      <summary>{count(works.length, 'service', 'services')} that may still work</summary>
      <fieldset className="ticks">
        <legend>Tick what you know to work</legend>
        {works.slice(0, most).map((name) => (
          <Tick
            key={name}
            label={name}
            on={lines.includes(name)}
            change={(on) => set(on ? [...lines, name] : lines.filter((line) => line !== name))}
          />
        ))}
      </fieldset>
    </details>
  );
}

function Tick(props: { label: string; on: boolean; change: (on: boolean) => void }) {
  return (
    <label className="tick">
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => props.change(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}
