import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Broker } from './broker.ts';
import { expect } from './fixtures.ts';

export const password = 'correct horse battery staple';

// An account with this role; the one-time link that sets its password.
export async function account(
  broker: Broker,
  name: string,
  role: string,
  scope: object = {},
): Promise<string> {
  const { link } = await broker.call<{ link: string }>('AccessService/UpsertAccount', {
    account: { name, displayName: `The ${name}`, assignments: [{ role, scope }] },
  });
  return link;
}

// What an authenticator app shows (RFC 6238).
export function codeOf(secret: string, now: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export async function setPassword(page: Page, broker: Broker, link: string) {
  await page.goto(`${broker.url}${link}`);
  await expect(page.getByRole('heading', { name: 'Set your password' })).toBeVisible();
  expect(page.url()).not.toContain(link.split('/').at(-1));
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('The same again', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText(/password of .* is set/)).toBeVisible();
}

export async function signIn(page: Page, name: string, typed = password) {
  await page.getByLabel('Account').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

// One call as a program would make it; the answer's status beside it.
export async function callAs(
  broker: Broker,
  token: string,
  method: string,
  body: object = {},
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const response = await fetch(`${broker.url}/wardcast.v1.${method}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    answer: (await response.json()) as Record<string, unknown>,
  };
}

export interface Person {
  name: string;
  // Of the authenticator; null: the role asks for none.
  secret: string | null;
}

// Somebody who has set a password, and an authenticator if the role asks for one.
export async function person(
  broker: Broker,
  name: string,
  role: string,
  scope: object = {},
): Promise<Person> {
  const link = await account(broker, name, role, scope);
  await callAs(broker, '', 'AccessService/SetPassword', {
    link: link.split('/').at(-1),
    newPassword: password,
  });
  const { answer } = await callAs(broker, '', 'AccessService/SignIn', {
    account: name,
    password,
    wantToken: true,
  });
  const token = String(answer.token);
  const who = answer.who as { secondFactorMissing?: boolean };
  if (who.secondFactorMissing !== true) return { name, secret: null };
  const begun = await callAs(broker, token, 'AccessService/BeginTotp');
  const secret = String(begun.answer.secret);
  const confirmed = await callAs(broker, token, 'AccessService/ConfirmTotp', {
    code: codeOf(secret, Date.now()),
  });
  expect(confirmed.status).toBe(200);
  return { name, secret };
}

// Signs in by the page; each person once, since a code works once.
export async function enter(page: Page, broker: Broker, who: Person): Promise<void> {
  await page.goto(broker.url);
  await signIn(page, who.name);
  if (who.secret !== null) {
    await page
      .getByLabel('Code of your authenticator')
      .fill(codeOf(who.secret, Date.now() + 30_000));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
}
