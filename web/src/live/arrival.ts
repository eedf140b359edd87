import { enrollBrowser, whoAmI } from '../api/endpoint_calls.ts';
import type { Browser } from '../browser.ts';
import type { EndpointDisk } from '../state/endpoint/endpoint_disk.ts';
import type { EndpointId } from '../state/endpoint/held.ts';
import type { Asked } from './asked.ts';
import {
  forgetPlace,
  keepPlace,
  keptEndpoint,
  keptPlace,
  type Place,
  tokenOf,
  watcherId,
} from './place.ts';
import { Station } from './station.ts';

// Where this browser stands with the broker.
export type Stand =
  | { case: 'looking' }
  // Nobody answers, and this browser has not been here before.
  | { case: 'unreachable' }
  // In plain text on this machine, and the address names no endpoint.
  | { case: 'nameless' }
  // Not enrolled. `problem`: why enrolling failed, for a person; `busy`: it is under way.
  | { case: 'form'; endpointId: string; problem: string | null; busy: boolean }
  // An administrator has shut this browser out.
  | { case: 'revoked'; endpointId: string }
  | { case: 'here'; place: Place; station: Station };

const againEvery = 5_000;
// The cookie is given anew whenever an endpoint asks who it is.
const askEvery = 24 * 3_600_000;

// How a ward's page comes to its place: enrolled, or as somebody who has signed in, or in plain text
// as the address says. Comes back to it when the broker does not know it any more.
export class Arrival {
  private stand: Stand = { case: 'looking' };
  private token: string;
  private looking = false;
  private readonly listeners = new Set<() => void>();

  // `reports: false` (walls) never sends a report.
  constructor(
    private readonly browser: Browser,
    private readonly disk: EndpointDisk,
    private readonly asked: Asked,
    private readonly reports: boolean,
  ) {
    this.token = asked.token;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): Stand => this.stand;

  // Call once. Who was here before is here at once, also while the broker does not answer.
  async start(): Promise<void> {
    const { asked, browser } = this;
    if (!browser.origin.startsWith('https:')) {
      const id = asked.endpointId ?? (this.reports ? keptEndpoint(browser.kept) : null);
      if (id === null) this.be({ case: 'nameless' });
      else this.enter({ case: 'proposed', endpointId: id });
      return;
    }
    browser.every(askEvery, () => {
      if (this.stand.case === 'here') void whoAmI(browser, 'endpoint');
    });
    const kept = keptPlace(browser);
    const moved = asked.endpointId !== null && asked.endpointId !== kept?.endpointId;
    if (kept !== null && !(moved && this.token !== '')) {
      this.enter(kept);
      // Also gives the cookie anew, so that a browser that is used keeps it.
      await this.check(kept);
    } else {
      await this.look();
    }
  }

  // Enrols with what a person typed.
  async enrol(token: string, endpointId: EndpointId): Promise<void> {
    if (this.stand.case === 'form') this.be({ ...this.stand, busy: true });
    this.token = '';
    const enrolled = await enrollBrowser(this.browser, token.replace(/\s/g, ''), endpointId);
    switch (enrolled.case) {
      case 'enrolled':
        this.enter(enrolled);
        break;
      case 'refused':
        this.be({ case: 'form', endpointId, problem: refusedWords(enrolled), busy: false });
        break;
      case 'unreachable':
        this.be({
          case: 'form',
          endpointId,
          problem: 'The broker does not answer. Try again in a moment.',
          busy: false,
        });
    }
  }

  // Somebody wants to enrol this browser, again or instead of looking on.
  askToEnrol(): void {
    const { stand } = this;
    const id = stand.case === 'revoked' ? stand.endpointId : (this.asked.endpointId ?? '');
    this.leave();
    this.be({ case: 'form', endpointId: id, problem: null, busy: false });
  }

  // Asks the broker who this browser is, and goes there.
  private async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    await this.findPlace();
    this.looking = false;
  }

  private async findPlace(): Promise<void> {
    const { asked, browser, token } = this;
    const who = await whoAmI(browser, 'endpoint');
    switch (who.case) {
      case 'endpoint': {
        const moves = asked.endpointId !== null && asked.endpointId !== who.endpointId;
        if (moves && token !== '') return this.enrol(token, asked.endpointId as EndpointId);
        return this.enter({ ...who, case: 'enrolled' });
      }
      case 'revoked':
        // Not with the token of the address: whoever was shut out would be in again at once.
        return this.shutOut();
      case 'unreachable':
        return this.lookAgain();
      case 'person':
      case 'nobody':
        break;
    }
    forgetPlace(browser);
    if (token !== '' && asked.endpointId !== null) return this.enrol(token, asked.endpointId);
    const person = await whoAmI(browser, 'person');
    if (person.case === 'unreachable') return this.lookAgain();
    if (person.case === 'person') {
      const { csrf, name } = person;
      const id = asked.endpointId ?? watcherId;
      return this.enter({ case: 'watching', endpointId: id, csrf, name });
    }
    this.be({ case: 'form', endpointId: asked.endpointId ?? '', problem: null, busy: false });
  }

  // This browser took its place from memory: is it still so?
  private async check(kept: Place): Promise<void> {
    const who = await whoAmI(this.browser, 'endpoint');
    if (who.case === 'unreachable') return;
    const same =
      who.case === 'endpoint' && who.endpointId === kept.endpointId && who.csrf === tokenOf(kept);
    if (!same) await this.look();
  }

  private lookAgain(): void {
    if (this.stand.case !== 'here') this.be({ case: 'unreachable' });
    this.browser.after(againEvery * (1 + this.browser.random()), () => void this.look());
  }

  private shutOut(): void {
    const kept = keptPlace(this.browser);
    forgetPlace(this.browser);
    this.leave();
    this.be({ case: 'revoked', endpointId: kept?.endpointId ?? this.asked.endpointId ?? '' });
  }

  private enter(place: Place): void {
    this.leave();
    keepPlace(this.browser, place);
    if (place.case === 'enrolled' && place.endpointId !== this.asked.endpointId) {
      this.browser.setFragment(`#endpoint=${place.endpointId}`);
    }
    const station = new Station(this.browser, this.disk, place.endpointId, this.reports, {
      token: tokenOf(place),
      watcher: place.case === 'watching',
      // Signed out, revoked, or another tab has enrolled anew: soon, but not in a tight circle.
      denied: () => {
        if (place.case === 'proposed') return;
        this.browser.after(200 + this.browser.random() * 800, () => void this.look());
      },
    });
    void station.start();
    this.be({ case: 'here', place, station });
  }

  private leave(): void {
    if (this.stand.case === 'here') this.stand.station.stop();
  }

  private be(stand: Stand): void {
    this.stand = stand;
    for (const listener of this.listeners) listener();
  }
}

function refusedWords({ code, message }: { code: string; message: string }): string {
  switch (code) {
    case 'unauthenticated':
      return 'The broker does not take this enrolment line: it is wrong, used up, or too old. Ask the help desk for a new one.';
    case 'already_exists':
      return 'Another browser or PC has this name. Ask the help desk: they take the place back, then enrol again.';
    default:
      return message;
  }
}
