import { beforeEach, describe, expect, it } from 'vitest';
import { Arrival, type Stand } from '../../src/live/arrival.ts';
import { askedFrom } from '../../src/live/asked.ts';
import { FakeBrowser, FakeDisk, refusal, type Sent, settle } from '../fake_browser.ts';

const whoAmI = '/wardcast.v1.AccessService/WhoAmI';
const enroll = '/wardcast.v1.EndpointService/EnrollBrowser';

// What the broker knows of this browser.
let endpoint: { id: string; csrf: string } | 'revoked' | null;
let person: { name: string; csrf: string } | null;
let enrolled: Record<string, unknown>[];
let fake: FakeBrowser;

function who({ headers }: Sent): object {
  if (headers.get('X-Wardcast-As') === 'endpoint') {
    if (endpoint === 'revoked') return refusal(403, 'permission_denied');
    if (endpoint === null) return refusal(401, 'unauthenticated');
    const { id, csrf } = endpoint;
    return { caller: `endpoint/${id}`, credential: 'ENDPOINT', csrfToken: csrf };
  }
  if (person === null) return refusal(401, 'unauthenticated');
  return { caller: person.name, credential: 'SESSION', csrfToken: person.csrf };
}

beforeEach(() => {
  endpoint = null;
  person = null;
  enrolled = [];
  fake = new FakeBrowser();
  fake.origin = 'https://broker';
  fake.calls[whoAmI] = who;
  fake.calls[enroll] = ({ body }) => {
    enrolled.push(body);
    if (body.token !== 'good') return refusal(401, 'unauthenticated', 'not known here');
    endpoint = { id: String(body.endpointId), csrf: `csrf-${enrolled.length}` };
    return { endpointId: body.endpointId, csrfToken: endpoint.csrf };
  };
});

async function open(fragment: string, reports = true): Promise<Arrival> {
  fake.address = fragment;
  const browser = fake.browser();
  const arrival = new Arrival(browser, new FakeDisk(), askedFrom(browser), reports);
  void arrival.start();
  await settle();
  return arrival;
}

const placeOf = (stand: Stand) => (stand.case === 'here' ? stand.place : stand.case);

// What the page says first on its newest socket.
async function hello() {
  fake.last().events.opened();
  await settle();
  return fake.last().sent[0];
}

describe('arrival', () => {
  it('enrols with the line of the address, which is gone from it before anything is asked', async () => {
    fake.address = '#enroll=good&endpoint=4W-pc-03';
    expect(askedFrom(fake.browser())).toEqual({ endpointId: '4w-pc-03', token: 'good' });
    expect(fake.address).toBe('#endpoint=4w-pc-03');
    const arrival = await open('#enroll=good&endpoint=4w-pc-03');
    expect(enrolled).toEqual([{ token: 'good', endpointId: '4w-pc-03' }]);
    expect(placeOf(arrival.snapshot())).toEqual({
      case: 'enrolled',
      endpointId: '4w-pc-03',
      csrf: 'csrf-1',
    });
    expect(await hello()).toMatchObject({
      token: 'csrf-1',
      subscribe: { endpoint: { id: '4w-pc-03' } },
    });
  });

  it('does not use a line again for a browser that is enrolled', async () => {
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    const arrival = await open('#enroll=good&endpoint=4w-pc-03');
    expect(enrolled).toEqual([]);
    expect(placeOf(arrival.snapshot())).toMatchObject({ case: 'enrolled', csrf: 'own' });
  });

  it('moves to another name only with a line', async () => {
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    const stays = await open('#endpoint=icu-pc-01');
    expect(placeOf(stays.snapshot())).toMatchObject({ endpointId: '4w-pc-03' });
    expect(fake.address).toBe('#endpoint=4w-pc-03');
    const moves = await open('#enroll=good&endpoint=icu-pc-01');
    expect(placeOf(moves.snapshot())).toMatchObject({ endpointId: 'icu-pc-01' });
  });

  it('opens from memory while the broker does not answer', async () => {
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    await open('#endpoint=4w-pc-03');
    fake.calls = {};
    const arrival = await open('');
    expect(placeOf(arrival.snapshot())).toMatchObject({ endpointId: '4w-pc-03', csrf: 'own' });
    expect((await hello())?.token).toBe('own');
  });

  it('asks for a line when it is nobody, and says why one is not taken', async () => {
    const arrival = await open('#endpoint=4w-pc-03');
    expect(arrival.snapshot()).toMatchObject({
      case: 'form',
      endpointId: '4w-pc-03',
      problem: null,
    });
    await arrival.enrol('bad', '4w-pc-03' as never);
    expect(arrival.snapshot()).toMatchObject({
      case: 'form',
      busy: false,
      problem: expect.stringContaining('used up'),
    });
    await arrival.enrol(' good\n', '4w-pc-03' as never);
    expect(placeOf(arrival.snapshot())).toMatchObject({ case: 'enrolled' });
  });

  it('lets somebody who has signed in look on, as no endpoint', async () => {
    person = { name: 'ann', csrf: 'hers' };
    const arrival = await open('#endpoint=4w-pc-03');
    expect(placeOf(arrival.snapshot())).toMatchObject({ case: 'watching', name: 'ann' });
    expect(await hello()).toMatchObject({
      token: 'hers',
      subscribe: { endpoint: { watcher: true } },
    });
  });

  it('is the endpoint where both are known', async () => {
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    person = { name: 'ann', csrf: 'hers' };
    const arrival = await open('');
    expect(placeOf(arrival.snapshot())).toMatchObject({ case: 'enrolled', csrf: 'own' });
  });

  it('says that it was shut out, and is not in again by the line of its address', async () => {
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    const arrival = await open('#enroll=good&endpoint=4w-pc-03');
    await hello();
    endpoint = 'revoked';
    fake.last().events.gone(4401);
    await fake.pass(2_000);
    expect(arrival.snapshot()).toEqual({ case: 'revoked', endpointId: '4w-pc-03' });
    const reloaded = await open('#enroll=good&endpoint=4w-pc-03');
    expect(reloaded.snapshot()).toEqual({ case: 'revoked', endpointId: '4w-pc-03' });
    expect(enrolled).toEqual([]);
    reloaded.askToEnrol();
    expect(reloaded.snapshot()).toMatchObject({ case: 'form', endpointId: '4w-pc-03' });
    await reloaded.enrol('good', '4w-pc-03' as never);
    expect(placeOf(reloaded.snapshot())).toMatchObject({ case: 'enrolled' });
  });

  it('takes up what another tab has enrolled anew', async () => {
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    const arrival = await open('#endpoint=4w-pc-03');
    await hello();
    endpoint = { id: '4w-pc-03', csrf: 'newer' };
    fake.last().events.gone(4401);
    await fake.pass(2_000);
    expect(placeOf(arrival.snapshot())).toMatchObject({ csrf: 'newer' });
    expect((await hello())?.token).toBe('newer');
  });

  it('tries again while nobody answers', async () => {
    fake.calls = {};
    const arrival = await open('#endpoint=4w-pc-03');
    expect(arrival.snapshot()).toEqual({ case: 'unreachable' });
    fake.calls[whoAmI] = who;
    endpoint = { id: '4w-pc-03', csrf: 'own' };
    await fake.pass(11_000);
    expect(placeOf(arrival.snapshot())).toMatchObject({ case: 'enrolled' });
  });

  it('is in plain text what the address says, without a token', async () => {
    fake.origin = 'http://localhost';
    const nameless = await open('');
    expect(nameless.snapshot()).toEqual({ case: 'nameless' });
    const arrival = await open('#endpoint=4w-pc-03');
    expect(placeOf(arrival.snapshot())).toMatchObject({ case: 'proposed' });
    expect((await hello())?.token).toBeUndefined();
    // A ward's page remembers, a wall does not.
    expect(placeOf((await open('')).snapshot())).toMatchObject({ endpointId: '4w-pc-03' });
    expect((await open('', false)).snapshot()).toEqual({ case: 'nameless' });
  });
});
