import { expect, test } from 'vitest';
import { Confirmation } from '../../src/api/confirmation.ts';
import { ConsoleClient } from '../../src/api/console_client.ts';
import { problemOf, problemWords } from '../../src/api/problem.ts';
import type { Browser } from '../../src/browser.ts';
import { AlertService } from '../../src/gen/wardcast/v1/alert_service_pb.ts';

// A Remedy with the value CONFIRM, as it travels in an error.
const remedy = { type: 'wardcast.v1.Remedy', value: 'CAE' };

const refused = (status: number, code: string, details: object[] = []) =>
  new Response(JSON.stringify({ code, message: 'said by the broker', details }), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

const done = () =>
  new Response('{}', { status: 200, headers: { 'Content-Type': 'application/json' } });

// A broker that gives these answers one after the other, and the bodies that it was sent.
function played(...answers: Response[]) {
  const sent: unknown[] = [];
  const browser = {
    origin: 'http://broker',
    fetch: async (_path: string, init: RequestInit) => {
      const { body } = init;
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
      sent.push(JSON.parse(text));
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return answer;
    },
  } as unknown as Browser;
  return { browser, sent };
}

const recall = { alertId: '01ARZ3NDEKTSV4RRFFQ69G5FAV', requestId: '01ARZ3NDEKTSV4RRFFQ69G5FAW' };
const session = { case: 'session', csrf: 'xyz' } as const;

test('a call that wants to know who asks is made again as it was, once that is shown', async () => {
  const { browser, sent } = played(refused(400, 'failed_precondition', [remedy]), done());
  const confirmation = new Confirmation();
  const client = new ConsoleClient(browser, session, () => {}, confirmation.ask);
  const answer = client.call(AlertService.method.recallAlert, recall);
  await expect.poll(() => confirmation.asking()).toBe(true);
  expect(sent).toEqual([recall]);
  confirmation.settle(true);
  await answer;
  expect(sent).toEqual([recall, recall]);
});

test('leaving the question does nothing and says so', async () => {
  const { browser, sent } = played(refused(400, 'failed_precondition', [remedy]));
  const client = new ConsoleClient(
    browser,
    session,
    () => {},
    async () => false,
  );
  const error = await client.call(AlertService.method.recallAlert, recall).catch((each) => each);
  expect(problemOf(error)).toEqual({ case: 'unconfirmed' });
  expect(problemWords(problemOf(error))).toContain('what you typed is kept');
  expect(sent).toHaveLength(1);
});

test('any other refusal of its kind asks nobody', async () => {
  const { browser } = played(refused(400, 'failed_precondition'));
  let asked = false;
  const client = new ConsoleClient(
    browser,
    session,
    () => {},
    async () => {
      asked = true;
      return true;
    },
  );
  const error = await client.call(AlertService.method.recallAlert, recall).catch((each) => each);
  expect(problemOf(error)).toEqual({ case: 'refused', message: 'said by the broker' });
  expect(asked).toBe(false);
});

test('one question for all calls that wait, and those that look are told', async () => {
  const confirmation = new Confirmation();
  let told = 0;
  const stop = confirmation.watch(() => {
    told += 1;
  });
  const both = Promise.all([confirmation.ask(), confirmation.ask()]);
  expect(confirmation.asking()).toBe(true);
  confirmation.settle(true);
  expect(await both).toEqual([true, true]);
  expect(confirmation.asking()).toBe(false);
  expect(told).toBe(3);
  stop();
  confirmation.settle(false);
  expect(told).toBe(3);
});

test('after the session has ended nothing more is sent, and it is said once', async () => {
  const { browser, sent } = played(refused(401, 'unauthenticated'));
  let ended = 0;
  const client = new ConsoleClient(browser, session, () => {
    ended += 1;
  });
  for (let i = 0; i < 3; i += 1) {
    const error = await client.call(AlertService.method.recallAlert, recall).catch((each) => each);
    expect(problemOf(error)).toEqual({ case: 'signedOut' });
  }
  expect(sent).toHaveLength(1);
  expect(ended).toBe(1);
});

test('a wrong password is no end of the session', async () => {
  const { browser, sent } = played(refused(401, 'unauthenticated'), done());
  let ended = 0;
  const client = new ConsoleClient(browser, session, () => {
    ended += 1;
  });
  await expect(client.once(AlertService.method.recallAlert, recall)).rejects.toThrow();
  await client.once(AlertService.method.recallAlert, recall);
  expect(sent).toHaveLength(2);
  expect(ended).toBe(0);
});
