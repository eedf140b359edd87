import type { Page } from '@playwright/test';
import { Broker } from './broker.ts';
import { test as base, expect } from './fixtures.ts';
import { setPassword, signIn } from './person.ts';

// Over TLS, as on a ward.
const test = base.extend<{ secure: Broker }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
  secure: async ({}, use) => {
    const broker = new Broker({ secure: true });
    try {
      await broker.start();
      await use(broker);
    } finally {
      await broker.remove();
    }
  },
});
test.use({ ignoreHTTPSErrors: true });

const connected = (page: Page) =>
  expect(page.getByTestId('contact')).toContainText('Connected', { timeout: 20_000 });

async function fillForm(page: Page, name: string, token: string) {
  await page.getByLabel('Name of this PC').fill(name);
  await page.getByLabel('Enrolment line or token').fill(token);
  await page.getByRole('button', { name: 'Enrol this browser' }).click();
}

test('the address that an administrator pushes enrols a browser once, and a reload keeps it', async ({
  page,
  secure,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const token = secure.enrollToken();
  const pushed = `${secure.url}/receiver.html#enroll=${token}&endpoint=4w-pc-03`;
  await page.goto(pushed);
  await connected(page);
  expect(page.url()).toBe(`${secure.url}/receiver.html#endpoint=4w-pc-03`);
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({
    name: '__Host-wardcast-endpoint',
    httpOnly: true,
    secure: true,
    sameSite: 'Strict',
  });
  expect((cookie?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(399 * 86_400);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(stored).not.toContain(cookie?.value);
  expect(stored).not.toContain(token);

  await page.reload();
  await connected(page);
  // The home page that the policy opens every morning.
  await page.goto('about:blank');
  await page.goto(pushed);
  await connected(page);
  expect(page.url()).not.toContain(token);
  expect(secure.admin('enroll-tokens')).toContain('used 1 of 1');
  expect(secure.admin('certificates')).toMatch(/4w-pc-03 +browser, from 127\.0\.0\.1/);
  expect(asked.filter((url) => url.includes(token) && !url.includes('#'))).toEqual([]);
});

test('without a line in the address the page asks for one, calmly', async ({ page, secure }) => {
  await page.goto(`${secure.url}/receiver.html`);
  await expect(page.getByRole('heading', { name: 'not enrolled yet' })).toBeVisible();
  await fillForm(page, '4W-PC-03', '0123456789abcdef');
  await expect(page.getByRole('alert')).toContainText('wrong, used up, or too old');
  await fillForm(page, '4W-PC-03', ` ${secure.enrollToken()} `);
  await connected(page);
  expect(page.url()).toBe(`${secure.url}/receiver.html#endpoint=4w-pc-03`);
});

test('a board enrols by its own page', async ({ page, secure }) => {
  await page.goto(`${secure.url}/wall.html#enroll=${secure.enrollToken()}&endpoint=4w-board-01`);
  await expect(page.getByText('No open notices')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No open notices')).toBeVisible();
});

test('a browser that was shut out says so and what to do, also after a reload', async ({
  page,
  secure,
}) => {
  const pushed = `${secure.url}/receiver.html#enroll=${secure.enrollToken(9)}&endpoint=4w-pc-03`;
  await page.goto(pushed);
  await connected(page);
  secure.admin('revoke-certificate', '4w-pc-03', '--reason', 'stolen');
  const heading = page.getByRole('heading', { name: 'not enrolled any more' });
  await expect(heading).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('4w-pc-03');
  await expect(page.getByRole('alert')).toContainText('Call the help desk');
  await page.reload();
  await expect(heading).toBeVisible();
  // The line of the pushed address alone does not let it in again.
  await page.goto('about:blank');
  await page.goto(pushed);
  await expect(heading).toBeVisible();
  await page.getByRole('button', { name: 'Enrol again' }).click();
  await fillForm(page, '4w-pc-03', secure.enrollToken());
  await connected(page);
});

test('somebody who has signed in looks on, and the same browser can be the ward as well', async ({
  page,
  secure,
}) => {
  const made = secure.admin('account', 'set', 'vera', '--role', 'viewer', '--display-name', 'Vera');
  const [link = ''] = /\/#\/set-password\/[0-9a-f]+/.exec(made) ?? [];
  await setPassword(page, secure, link);
  await signIn(page, 'vera');
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  await page.goto(`${secure.url}/receiver.html#endpoint=4w-pc-03`);
  await connected(page);
  await expect(page.getByText('Vera looks on here')).toBeVisible();
  expect(secure.admin('certificates')).toContain('no endpoint has enrolled');

  await page.getByRole('button', { name: 'Enrol it' }).click();
  await fillForm(page, '4w-pc-03', secure.enrollToken());
  await connected(page);
  await expect(page.getByText('looks on here')).toHaveCount(0);
  expect((await page.context().cookies()).map(({ name }) => name).sort()).toEqual([
    '__Host-wardcast-endpoint',
    '__Host-wardcast-session',
  ]);
  // The console is still the person's, and signing out leaves the ward alone.
  await page.goto(`${secure.url}/`);
  await expect(page.getByText('Vera')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Account')).toBeVisible();
  await page.goto(`${secure.url}/receiver.html`);
  await connected(page);
});
