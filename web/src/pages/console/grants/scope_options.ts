import type { Directory } from '../directory.ts';

interface Option {
  value: string;
  label: string;
}

interface Group {
  group: string;
  items: Option[];
}

type Named = { id?: string; name?: string };

const options = (tag: string, list: readonly Named[]): Option[] =>
  list
    .map(({ id, name }) => ({ value: `${tag}:${id}`, label: name || (id ?? '') }))
    .sort((a, b) => a.label.localeCompare(b.label));

// What was chosen once and is in no list any more stays visible, so that it can be taken away.
function withLost(groups: Group[], chosen: readonly string[]): Group[] {
  const known = new Set(groups.flatMap(({ items }) => items.map(({ value }) => value)));
  const lost = chosen.filter((value) => !known.has(value));
  if (lost.length === 0) return groups;
  const items = lost.map((value) => ({ value, label: value.slice(value.indexOf(':') + 1) }));
  return [...groups, { group: 'Not there any more', items }];
}

// Sites, buildings and wards that a scope can name.
export function placesIn(directory: Directory, chosen: readonly string[]): Group[] {
  return withLost(
    [
      { group: 'Wards', items: options('ward', directory.wards) },
      { group: 'Sites', items: options('site', directory.sites) },
      { group: 'Buildings', items: options('building', directory.buildings) },
    ],
    chosen,
  );
}

// Services, and teams with all of theirs.
export function workIn(directory: Directory, chosen: readonly string[]): Group[] {
  return withLost(
    [
      { group: 'Services', items: options('service', directory.services) },
      { group: 'All services of a team', items: options('team', directory.teams) },
    ],
    chosen,
  );
}
