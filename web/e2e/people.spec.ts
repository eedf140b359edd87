import { expect, test } from './fixtures.ts';
import { account, codeOf, enter, password, person, setPassword, signIn } from './person.ts';

test('an administrator makes a service-desk account by keyboard, and its person works with it', async ({
  page,
  broker,
  browser,
}) => {
  await enter(page, broker, await person(broker, 'root', 'administrator'));
  const keys = page.keyboard;
  await page.getByRole('link', { name: 'People' }).focus();
  await keys.press('Enter');
  await expect(page.getByRole('heading', { name: 'People and roles' })).toBeVisible();
  await page.getByRole('link', { name: 'Add an account' }).focus();
  await keys.press('Enter');
  await expect(page.getByLabel('Name for signing in')).toBeFocused();
  await keys.type('Dana');
  await keys.press('Tab');
  await keys.type('Dana Desk');
  await keys.press('Tab');
  await expect(page.getByLabel('Role', { exact: true })).toBeFocused();
  await keys.press('ArrowDown');
  await expect(page.getByLabel('Role', { exact: true })).toHaveValue('service-desk');
  await expect(page.getByText('Outages, degraded services')).toBeVisible();
  await page.getByLabel('Name for signing in').focus();
  await keys.press('Enter');
  const note = page.getByRole('region', { name: 'One-time link' });
  await expect(note).toContainText('Give this link to dana yourself');
  const link = await note.getByLabel('One-time link for dana', { exact: true }).inputValue();
  expect(link).toContain(`${broker.url}/#/set-password/`);
  await note.getByRole('button', { name: 'Copy: One-time link for dana' }).focus();
  await keys.press('Enter');
  await expect(note.getByRole('status')).toHaveText(/Copied|Ctrl\+C/);
  await page.getByRole('link', { name: 'Done' }).click();
  const row = page.locator('tr[data-account=dana]');
  await expect(row).toContainText('Service desk');
  await expect(row).toContainText('no password yet');
  await expect(row).toContainText('never');
  // The link is not there again.
  await expect(page.getByText('set-password')).toHaveCount(0);

  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const hers = await context.newPage();
  await setPassword(hers, broker, link.slice(broker.url.length));
  await expect(hers.getByLabel('Account')).toHaveValue('dana');
  await expect(hers.getByLabel('Password', { exact: true })).toBeFocused();
  await hers.keyboard.type(password);
  await hers.keyboard.press('Enter');
  await expect(hers.getByRole('heading', { name: 'Set up your authenticator' })).toBeVisible();
  const secret = (await hers.locator('.key').innerText()).replaceAll(/\s/g, '');
  await hers.getByLabel('Code that the app shows now').fill(codeOf(secret, Date.now()));
  await hers.keyboard.press('Enter');
  await expect(hers.getByRole('heading', { name: 'Live now' })).toBeVisible();
  await expect(hers.getByRole('link', { name: 'New notice' }).first()).toBeVisible();
  await expect(hers.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Live now',
    'Call list',
    'Planned',
    'Drills',
    'Status',
  ]);

  // Who is signed in; one press ends it.
  await page.getByRole('link', { name: 'Signed in now' }).click();
  const session = page.locator('tr[data-session=dana]');
  await expect(session).toContainText('127.0.0.1');
  await session.getByRole('button', { name: /End the session of dana/ }).click();
  await expect(session).toHaveCount(0);
  await expect(hers.getByRole('dialog').getByRole('alert')).toContainText('not signed in any more');
  await context.close();
});

test('an account is changed, disabled, given a new link and removed', async ({ page, broker }) => {
  await person(broker, 'wanda', 'viewer');
  await enter(page, broker, await person(broker, 'root', 'administrator'));
  await page.goto(`${broker.url}/#/people`);
  await page.getByLabel('Search people').fill('the wanda');
  await expect(page.locator('tr[data-account]')).toHaveCount(1);
  await page.getByRole('link', { name: 'The wanda' }).click();

  // What the role needs is asked for, and chosen from the directory.
  const form = page.getByRole('form', { name: 'Account' });
  await form.getByLabel('Role', { exact: true }).selectOption('ward-staff');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('Choose at least one ward.');
  await form.getByLabel('Which wards?').first().fill('4 West');
  await page.getByRole('option', { name: '4 West' }).first().click();
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Saved.')).toBeVisible();
  await page.getByRole('link', { name: 'To all accounts' }).click();
  await expect(page.locator('tr[data-account=wanda]')).toContainText(/Ward staff.*4 West/);

  await page.getByRole('link', { name: 'The wanda' }).click();
  await form.getByRole('checkbox', { name: 'Disabled' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Make a one-time link' }).click();
  await expect(page.getByRole('region', { name: 'One-time link' })).toContainText('until');

  // Escape keeps it; the button removes it.
  await page.getByRole('button', { name: 'Remove the account…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove the account wanda?' });
  await expect(dialog).toContainText('signed out everywhere');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove the account…' }).click();
  await dialog.getByRole('button', { name: 'Remove the account' }).click();
  await expect(page.getByRole('heading', { name: 'People and roles' })).toBeVisible();
  await expect(page.locator('tr[data-account=wanda]')).toHaveCount(0);
});

test('the last administrator cannot be taken away, and it is said why', async ({
  page,
  broker,
}) => {
  await enter(page, broker, await person(broker, 'root', 'administrator'));
  await page.goto(`${broker.url}/#/people/account/root`);
  await page.getByRole('button', { name: 'Reset the authenticator…' }).click();
  const reset = page.getByRole('dialog', { name: 'Reset the authenticator of root?' });
  await reset.getByRole('button', { name: 'Cancel' }).click();
  const form = page.getByRole('form', { name: 'Account' });
  await form.getByLabel('Role', { exact: true }).selectOption('viewer');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('alert')).toContainText('last administrator');
});

test('what the hospital’s directory decides is read only', async ({ page, broker }) => {
  await enter(page, broker, await person(broker, 'root', 'administrator'));
  await page.route('**/wardcast.v1.AccessService/ListAccounts', async (route) => {
    const response = await route.fetch();
    const { accounts } = (await response.json()) as { accounts: object[] };
    const dora = {
      name: 'dora',
      displayName: 'Dora of the directory',
      fromDirectory: true,
      assignments: [{ role: 'ward-staff', scope: { wards: ['4w'] } }],
    };
    await route.fulfill({ response, json: { accounts: [dora, ...accounts] } });
  });
  await page.goto(`${broker.url}/#/people/account/dora`);
  const form = page.getByRole('form', { name: 'Account' });
  await expect(form).toContainText('Decided by the hospital’s directory at each sign-in');
  await expect(form).toContainText(/Ward staff: 4 West/);
  await expect(form.getByLabel('Role', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Make a one-time link' })).toHaveCount(0);
});

test('a session that ends while somebody types is followed by the next one in place', async ({
  page,
  broker,
}) => {
  await broker.call('AlertService/PublishAlert', {
    alert: {
      kind: 'OUTAGE',
      severity: 'SEVERE',
      headline: 'Lab results are down',
      services: ['lab-results'],
      audience: { wards: ['4w', 'icu'] },
    },
  });
  await setPassword(page, broker, await account(broker, 'rita', 'responder', { wards: ['4w'] }));
  await signIn(page, 'rita');
  await page.getByRole('link', { name: 'Call list' }).click();
  // Only for her own ward.
  const hers = page.locator('[data-ward="4w"]');
  await expect(page.locator('[data-ward="icu"]')).toBeVisible();
  await expect(
    page.locator('[data-ward="icu"]').getByRole('button', { name: 'Spoke to…' }),
  ).toHaveCount(0);
  await hers.getByRole('button', { name: 'Spoke to…' }).click();
  await hers.getByLabel('Initials').fill('R.T.');

  const { sessions } = await broker.call<{ sessions: { id: string }[] }>(
    'AccessService/ListSessions',
    { account: 'rita' },
  );
  for (const { id } of sessions) await broker.call('AccessService/EndSession', { id });
  const cover = page.getByRole('dialog', { name: 'Wardcast' });
  await expect(cover.getByRole('alert')).toContainText('what you typed is kept');
  await expect(cover.getByLabel('Account')).toHaveValue('rita');
  await expect(cover.getByLabel('Password', { exact: true })).toBeFocused();
  // There is no way around it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(cover).toBeVisible();
  await cover.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await expect(cover).toHaveCount(0);
  await expect(hers.getByLabel('Initials')).toHaveValue('R.T.');
  await hers.getByRole('button', { name: /procedure started/ }).click();
  await expect(hers).toHaveCount(0);
});
