import { expect, publish, test } from './fixtures.ts';
import { account, codeOf, password, setPassword, signIn } from './person.ts';

test('a publisher sets a password and an authenticator, and signs in', async ({ page, broker }) => {
  const link = await account(broker, 'ann', 'service-desk');
  await setPassword(page, broker, link);
  await expect(page.getByLabel('Account')).toHaveValue('ann');
  await signIn(page, 'ann', 'wrong wrong wrong');
  await expect(page.getByRole('alert')).toContainText('is wrong');
  await signIn(page, 'ann');
  await expect(page.getByRole('heading', { name: 'Set up your authenticator' })).toBeVisible();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = (await page.locator('.key').innerText()).replaceAll(/\s/g, '');
  await page.getByLabel('Code that the app shows now').fill(codeOf(secret, Date.now()));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  await expect(page.getByText('The ann')).toBeVisible();
  await expect(page.getByRole('link', { name: 'New notice' }).first()).toBeVisible();

  // A reload keeps the session; no script can read it.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });

  // The next time the code is asked for; one that was used is not taken again.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, 'ann');
  await page.getByLabel('Code of your authenticator').fill(codeOf(secret, Date.now() + 30_000));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();

  // The link was for once.
  await page.goto(`${broker.url}${link}`);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('The same again', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('alert')).toContainText('used already');
});

test('a viewer is offered nothing that a viewer may not do', async ({ page, broker }) => {
  const alertId = await publish(broker);
  await setPassword(page, broker, await account(broker, 'vera', 'viewer'));
  await signIn(page, 'vera');
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'New notice' })).toHaveCount(0);
  await page.goto(`${broker.url}/#/notice/${alertId}`);
  await expect(page.getByText('Lab results are not reaching the EHR').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Actions' })).toHaveCount(0);
  await page.goto(`${broker.url}/#/new`);
  await expect(page.getByText('This page needs the role publisher.')).toBeVisible();
});

test('after signing out nothing of the session works, open sockets included', async ({
  page,
  broker,
}) => {
  const alertId = await publish(broker);
  await setPassword(page, broker, await account(broker, 'vera', 'viewer'));
  await signIn(page, 'vera');
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  const [cookie] = await page.context().cookies();
  const shown = { Cookie: `${cookie?.name}=${cookie?.value}`, 'Content-Type': 'application/json' };
  const call = (headers: Record<string, string>, method = 'AlertService/ListAlerts') =>
    fetch(`${broker.url}/wardcast.v1.${method}`, { method: 'POST', headers, body: '{}' });

  // Another site's form, and a page that cannot read ours: the cookie alone does nothing.
  expect((await call(shown)).status).toBe(401);
  expect((await call({ ...shown, 'X-Wardcast-Csrf': 'guess' })).status).toBe(403);
  expect(
    (await call({ ...shown, Origin: 'http://evil.example' }, 'AccessService/WhoAmI')).status,
  ).toBe(403);
  const who = await (await call(shown, 'AccessService/WhoAmI')).json();
  const good = { ...shown, 'X-Wardcast-Csrf': who.csrfToken as string };
  expect((await call(good)).status).toBe(200);

  // A socket of this page, watching.
  const closed = page.evaluate(
    ([token, id]) =>
      new Promise<number>((done) => {
        const socket = new WebSocket(`ws://${location.host}/ws`, 'wardcast.v1.json');
        socket.onopen = () =>
          socket.send(JSON.stringify({ watchProgress: { alertId: id }, token }));
        socket.onmessage = () => document.body.setAttribute('data-watching', 'yes');
        socket.onclose = (event) => done(event.code);
      }),
    [who.csrfToken as string, alertId],
  );
  await expect(page.locator('body[data-watching=yes]')).toBeAttached();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Account')).toBeVisible();
  expect(await closed).toBe(4401);
  expect((await call(good)).status).toBe(401);
  await page.reload();
  await expect(page.getByLabel('Account')).toBeVisible();
});

test('a console whose session was ended says so', async ({ page, broker }) => {
  await setPassword(page, broker, await account(broker, 'vera', 'viewer'));
  await signIn(page, 'vera');
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  await broker.call('AccessService/UpsertAccount', {
    account: { name: 'vera', assignments: [{ role: 'viewer' }], disabled: true },
  });
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('not signed in any more');
});
