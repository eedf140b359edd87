import { readFileSync } from 'node:fs';
import { expect, publish, test } from './fixtures.ts';
import { callAs, enter, person } from './person.ts';

test('a token is made, used and revoked, and the audit trail shows it', async ({
  page,
  broker,
}) => {
  await enter(page, broker, await person(broker, 'root', 'administrator'));
  const keys = page.keyboard;
  await page.getByRole('link', { name: 'Tokens' }).focus();
  await keys.press('Enter');
  await expect(page.getByText('No machine has a token.')).toBeVisible();
  await page.getByRole('link', { name: 'Make a token' }).focus();
  await keys.press('Enter');
  await expect(page.getByLabel('Name of the machine')).toBeFocused();
  await keys.type('nagios');
  await keys.press('Tab');
  await keys.press('Control+A');
  await keys.type('20');
  await keys.press('Tab');
  await expect(page.getByLabel('Role', { exact: true })).toBeFocused();
  await page.getByLabel('Role', { exact: true }).selectOption('publisher');
  await expect(
    page.getByLabel('Role', { exact: true }).locator('option[value=administrator]'),
  ).toHaveCount(0);
  await page.getByText('Narrow it further').click();
  await page.getByLabel('Only these services or teams').first().fill('Imaging');
  await page.getByRole('option', { name: 'Imaging' }).first().click();
  await keys.press('Escape');
  await page.getByRole('button', { name: 'Make the token' }).click();
  const once = page.getByRole('region', { name: 'Secret of the token' });
  const secret = await once.getByLabel('Secret', { exact: true }).inputValue();
  expect(secret).toMatch(/^wct_/);
  const lines = await page
    .getByLabel('Does it work, and what may it do?', { exact: true })
    .inputValue();
  expect(lines).toContain(`${broker.url}/wardcast.v1.AccessService/WhoAmI`);
  await expect(page.getByRole('textbox', { name: /^Send a notice/ })).toHaveValue(/PublishAlert/);

  // It works, within its scope.
  const who = await callAs(broker, secret, 'AccessService/WhoAmI');
  expect(who.answer).toMatchObject({ caller: 'token/nagios', credential: 'TOKEN' });
  const alert = { kind: 'OUTAGE', severity: 'MODERATE', headline: 'Imaging is slow' };
  const sent = (services: string[]) =>
    callAs(broker, secret, 'AlertService/PublishAlert', {
      alert: { ...alert, services, audience: { wards: ['4w'] } },
    });
  expect((await sent(['pacs'])).answer).toMatchObject({ alert: { state: 'ACTIVE' } });
  // Beyond it nothing goes out before a person has looked.
  expect((await sent(['email'])).answer).toMatchObject({ alert: { state: 'DRAFT' } });

  await page.getByRole('link', { name: 'I have copied it' }).click();
  await expect(page.getByText(secret)).toHaveCount(0);
  const row = page.locator('tr[data-token=nagios]');
  await expect(row).toContainText(/Publisher: Imaging/);
  await expect(row).toContainText('in 19 days');
  await expect(row).toContainText('by root');
  await expect(page.getByText('1 token expires within 30 days')).toBeVisible();

  await row.getByRole('button', { name: 'Revoke the token nagios' }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke the token nagios?' });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await row.getByRole('button', { name: 'Revoke the token nagios' }).click();
  await dialog.getByRole('button', { name: 'Revoke it' }).click();
  await expect(page.getByText('1 revoked token')).toBeVisible();
  await expect(row).toBeHidden();
  expect((await callAs(broker, secret, 'AccessService/WhoAmI')).status).toBe(401);

  // The audit trail: what was done, by whom, and a file of it.
  await page.getByRole('link', { name: 'Audit trail' }).click();
  const made = page.locator('tr[data-what=create-token]');
  await expect(made).toContainText('Token made');
  await expect(made).toContainText('root');
  await expect(page.locator('tr[data-what=revoke-token]')).toBeVisible();
  await page.getByRole('link', { name: 'token/nagios' }).first().click();
  await expect(page).toHaveURL(/#\/audit\/who=token%2Fnagios$/);
  await expect(page.getByLabel('Who', { exact: true })).toHaveValue('token/nagios');
  await expect(made).toHaveCount(0);
  await expect(page.locator('tr[data-what=publish-alert]')).toHaveCount(2);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save what is shown as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^wardcast-audit-.*\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toMatch(/^\uFEFFtime_utc,broker,number,who,/);
  expect(text).toContain(',token/nagios,');
});

test('the audit trail is narrowed and paged by its address', async ({ page, broker }) => {
  // More than a page of entries.
  await broker.call('AccessService/UpsertAccount', {
    account: { name: 'glass', assignments: [{ role: 'viewer' }], breakGlass: true },
  });
  for (let i = 0; i < 110; i += 1) {
    await broker.call('AccessService/UpsertAccount', {
      account: { name: `many${i}`, assignments: [{ role: 'viewer' }] },
    });
  }
  await publish(broker);
  const { link } = await broker.call<{ link: string }>('AccessService/MakePasswordLink', {
    account: 'glass',
  });
  const words = 'for the sealed envelope only';
  await callAs(broker, '', 'AccessService/SetPassword', {
    link: link.split('/').at(-1),
    newPassword: words,
  });
  await callAs(broker, '', 'AccessService/SignIn', { account: 'glass', password: words });
  await enter(page, broker, await person(broker, 'otto', 'auditor'));
  await page.getByRole('link', { name: 'Audit trail' }).click();
  await expect(page.locator('tr[data-what]')).toHaveCount(100);
  const loud = page.locator('tr[data-what=break-glass]');
  await expect(loud).toContainText('⚠ loud');
  await expect(page.locator('tr[data-what] time').first()).toHaveAttribute('title', /Denver/);
  await page.getByRole('link', { name: 'Older entries' }).click();
  await expect(page).toHaveURL(/before=/);
  await expect(page.getByText('That is all there is.')).toBeVisible();
  await page.getByRole('link', { name: 'To the newest' }).click();
  await page.getByRole('checkbox', { name: 'Only loud ones' }).check();
  await page.getByRole('button', { name: 'Look' }).click();
  await expect(page).toHaveURL(/#\/audit\/loud=1$/);
  await expect(page.locator('tr[data-what]')).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Only loud ones' })).toBeChecked();
  await expect(page.locator('tr[data-what]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Everything' }).click();
  await page.getByLabel('What', { exact: true }).fill('notice');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No entry fits.')).toBeVisible();
  await page.getByLabel('What', { exact: true }).fill('publish alert');
  await page.keyboard.press('Enter');
  await expect(page.locator('tr[data-what]')).toHaveCount(1);
  await page.goBack();
  await expect(page.getByLabel('What', { exact: true })).toHaveValue('notice');
});
