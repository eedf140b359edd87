import { useSyncExternalStore } from 'react';
import type { Station, StationView } from '../live/station.ts';

// What the station shows now; renders again when it changes.
export function useStation(station: Station): StationView {
  return useSyncExternalStore(station.subscribe, station.snapshot);
}
