import type { ReactNode } from 'react';
import type { Station } from '../live/station.ts';
import { Speaking } from '../ui/language.tsx';
import { here } from './here.ts';
import { useStation } from './use_station.ts';

// A ward's page speaks its site's language.
export function SitesLanguage(props: { station: Station; children: ReactNode }) {
  const { language } = here(useStation(props.station));
  return <Speaking language={language}>{props.children}</Speaking>;
}
