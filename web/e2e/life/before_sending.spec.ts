import { choosePlace, chooseService, expect, openConsole, publish, test } from '../fixtures.ts';

test('a known notice goes out by keyboard alone, in under half a minute', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  const began = Date.now();
  await page.locator('[data-template="outage"]').focus();
  await page.keyboard.press('Enter');
  const service = page.getByLabel('Which service?').first();
  await expect(service).toBeFocused();
  await page.keyboard.type('Imaging');
  await expect(page.getByRole('option', { name: /^Imaging/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: /This is REAL/ });
  await expect(dialog).toBeVisible();
  const wide = dialog.getByLabel(/Type .* to send it/);
  if (await wide.isVisible()) {
    await expect(wide).toBeFocused();
    await page.keyboard.type('River Valley Main Campus');
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/notice\//);
  expect(Date.now() - began).toBeLessThan(30_000);
});

test('updating the open notice is the default, and another matter is said to be one', async ({
  page,
  broker,
}) => {
  await publish(broker);
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Orders and results');
  await choosePlace(page, '4 West');
  await page.getByLabel('Headline').fill('Printed results are wrong');
  await expect(page.getByLabel('Open notice of this service')).toContainText(
    /Orders and results \(lab\) has an open notice since .*\(1 ward\)/,
  );
  await page.keyboard.press('Control+Enter');
  const question = page.getByRole('dialog', { name: 'Update the open notice?' });
  await expect(question.getByRole('link', { name: 'Update it' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await page.getByRole('button', { name: 'Send…' }).click();
  await question.getByRole('button', { name: /^This is another matter/ }).click();
  await page
    .getByRole('dialog', { name: /This is REAL for 1 ward/ })
    .getByRole('button', { name: 'Send the REAL notice' })
    .click();
  await expect(page).toHaveURL(/#\/notice\//);
  const { alerts } = await broker.call<{ alerts: object[] }>('AlertService/ListAlerts', {});
  expect(alerts).toHaveLength(2);
});

test('what looks like patient data goes out with a reason only', async ({ page, broker }) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="looking-into-it"]').click();
  await chooseService(page, 'Imaging');
  await choosePlace(page, '4 West');
  await page
    .getByLabel('Impact, one line')
    .fill('Pictures of MRN 48213377 are missing since 13:52.');
  const warnings = page.getByTestId('warnings');
  await expect(warnings).toContainText(/Impact: .*patient data/i);
  await expect(warnings).toContainText(/clock time/);
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: /This is REAL for 1 ward/ });
  const send = dialog.getByRole('button', { name: 'Send the REAL notice' });
  await expect(send).toBeDisabled();
  const reason = dialog.getByLabel('A text looks like patient data. Why is it none?');
  await expect(reason).toBeFocused();
  await reason.fill('It is the number of a test patient.');
  await send.click();
  await expect(page).toHaveURL(/#\/notice\//);
});

test('what hangs on a service is proposed, and nothing of it is ticked', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Inpatient EHR');
  await page.getByText(/other services? depends? on this/).click();
  const affected = page.getByRole('group', { name: /^Tick what is down too/ });
  for (const box of await affected.getByRole('checkbox').all()) await expect(box).not.toBeChecked();
  await affected.getByRole('checkbox', { name: 'Orders and results (lab)' }).check();
  await expect(page.getByLabel('Preview: what wards see')).toContainText(
    'Inpatient EHR (documentation) · Orders and results (lab)',
  );
  await page.getByText(/that may still work/).click();
  const works = page.getByRole('group', { name: 'Tick what you know to work' });
  await expect(page.getByLabel('What still works, one item a line')).toHaveValue('');
  await works.getByRole('checkbox').first().check();
  await expect(page.getByLabel('What still works, one item a line')).not.toHaveValue('');
});
