import type { Directory } from '../../directory.ts';

interface Option {
  value: string;
  label: string;
}

export function serviceOptions(directory: Directory): Option[] {
  return directory.services
    .map((service) => ({ value: service.id ?? '', label: service.name || (service.id ?? '') }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

// Everything that can be chosen as a place, in groups.
export function placeOptions(directory: Directory): { group: string; items: Option[] }[] {
  const siteName = new Map(directory.sites.map((site) => [site.id, site.name]));
  return [
    {
      group: 'Sites',
      items: directory.sites.map((site) => ({ value: `site:${site.id}`, label: site.name ?? '' })),
    },
    {
      group: 'Buildings',
      items: directory.buildings.map((building) => ({
        value: `building:${building.id}`,
        label: `${building.name} (${siteName.get(building.siteId) ?? ''})`,
      })),
    },
    {
      group: 'Wards',
      items: directory.wards.map((ward) => ({ value: `ward:${ward.id}`, label: ward.name ?? '' })),
    },
    {
      group: 'All wards that use a service',
      items: serviceOptions(directory).map(({ value, label }) => ({
        value: `service:${value}`,
        label: `Uses: ${label}`,
      })),
    },
  ];
}
