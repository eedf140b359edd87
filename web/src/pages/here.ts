import type { StationView } from '../live/station.ts';
import { say } from '../state/language/say.ts';
import { inEnglish, type Language, languageOf, type Spoken } from '../state/language/words.ts';
import type { Place } from '../ui/notice/notice_view.tsx';

// Where this PC stands, with what is shown until the broker has told.
export interface Here extends Place {
  wardId: string;
  wardName: string;
  pcName: string;
  zone: string;
  emergencyPhone: string;
  placed: boolean;
  siteId: string;
  language: Language | null;
}

export function here(view: StationView, spoken: Spoken = inEnglish): Here {
  const { settings } = view.state;
  // Who looks on gets the notices of all wards, and answers for none.
  const ward = view.watcher ? undefined : settings?.ward;
  const site = settings?.site;
  const pc = settings?.endpoint?.name || view.endpointId.toUpperCase();
  return {
    wardId: ward?.id ?? '',
    wardName: view.watcher ? say(spoken, 'allWards') : ward?.name || ward?.id || pc,
    pcName: pc,
    zone: site?.zone || 'UTC',
    phone: site?.phone ?? '',
    phoneFallback: site?.phoneFallback ?? '',
    emergencyPhone: site?.emergencyPhone ?? '',
    downtimePc: ward?.downtimePc ?? '',
    binder: ward?.binder ?? '',
    placed: (ward?.id ?? '') !== '',
    siteId: site?.id ?? '',
    // A site that names none speaks English; before it is known, the browser's language is a guess.
    language: settings === null ? null : (languageOf(site?.language) ?? 'en'),
  };
}
