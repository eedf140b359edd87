import { choosePlace, chooseService, expect, openConsole, publish, test } from './fixtures.ts';

test('a wrong token is said so, a pasted one signs in', async ({ page, broker }) => {
  await page.goto(`${broker.url}/#token=wrong`);
  await expect(page.getByRole('alert')).toContainText('does not know this token');
  await page.getByLabel('Access token').fill(broker.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('No notice is open.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No notice is open.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByLabel('Access token')).toBeVisible();
});

test('what is typed survives a broker that is gone, and goes out once', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Imaging');
  await page.getByLabel('Headline').fill('Imaging is down, ticket open');
  await expect(page.getByTestId('reach')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  // It opens when the broker has counted whom the form as it stands reaches.
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  const wide = dialog.getByLabel(/Type .* to send it/);
  if (await wide.isVisible()) await wide.fill('River Valley Main Campus');
  await broker.stop();
  await dialog.getByRole('button', { name: 'Send the REAL notice' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The broker does not answer');
  await expect(page.locator('.broker')).toContainText('The broker does not answer');
  await broker.start();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/#\/notice\//);
  const { alerts } = await broker.call<{ alerts: { headline: string }[] }>(
    'AlertService/ListAlerts',
    {},
  );
  expect(alerts.map((alert) => alert.headline)).toEqual(['Imaging is down, ticket open']);
});

test('what is not right is said at its field, and nothing is sent', async ({ page, broker }) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await page.getByRole('button', { name: 'Send…' }).click();
  await expect(page.getByText('Choose the service, or choose places.').first()).toBeVisible();
  await page.getByLabel('Headline').fill('x'.repeat(120));
  await expect(page.getByText('120 characters; at most 90.').first()).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const { alerts } = await broker.call<{ alerts?: object[] }>('AlertService/ListAlerts', {});
  expect(alerts ?? []).toEqual([]);
  // The draft is there after a reload.
  await page.reload();
  await expect(page.getByLabel('Headline')).toHaveValue('x'.repeat(120));
});

test('an open notice of the same service is offered for update first', async ({ page, broker }) => {
  await publish(broker);
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Orders and results');
  await page
    .getByLabel('Open notice of this service')
    .getByRole('link', { name: 'Update it' })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Lab results are not reaching the EHR',
  );
  await page.getByRole('button', { name: 'No news, next update in 30 min' }).click();
  await expect(page.getByText('revision 2')).toBeVisible();
  await page.getByRole('button', { name: 'Update…' }).click();
  await page.getByLabel('Headline').fill('Lab results are late');
  await page.getByRole('button', { name: 'Send the update' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab results are late');
});

test('a notice that does not exist, and a page that does not exist', async ({ page, broker }) => {
  await openConsole(page, broker, '/notice/01ARZ3NDEKTSV4RRFFQ69G5FAV');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.goto(`${broker.url}/#/nothing`);
  await expect(page.getByText('There is no such page')).toBeVisible();
});

test('an update takes back nothing that a colleague changed meanwhile', async ({
  page,
  broker,
}) => {
  const id = await publish(broker);
  await openConsole(page, broker, `/notice/${id}`);
  await page.getByRole('button', { name: 'Update…' }).click();
  const send = page.getByRole('button', { name: 'Send the update' });
  await expect(send).toBeDisabled();
  await broker.call('AlertService/UpdateAlert', {
    alertId: id,
    alert: { headline: 'Lab results are late' },
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab results are late');
  await page.getByLabel('Impact, one line').fill('Call the lab.');
  await send.click();
  await expect(page.getByRole('alert')).toContainText('Somebody changed this notice meanwhile');
  await send.click();
  await expect(page.getByText('Call the lab.')).toBeVisible();
  await expect(page.getByText('revision 3')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab results are late');
});

test('what is typed stays when templates cannot be read again', async ({ page, broker }) => {
  await page.clock.install();
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await page.getByLabel('Headline').fill('Imaging is down, ticket open');
  await broker.stop('SIGKILL');
  // What is five minutes old is read again when the tab comes to the front.
  await page.clock.fastForward('06:00');
  const failed = () =>
    page.waitForEvent('requestfailed', (request) => request.url().endsWith('/ListTemplates'));
  const twice = failed().then(failed);
  await page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );
  await twice;
  await expect(page.locator('.broker')).toContainText('The broker does not answer');
  await expect(page.getByLabel('Headline')).toHaveValue('Imaging is down, ticket open');
});

test('a browser that is offline says so', async ({ page, broker, context }) => {
  await openConsole(page, broker);
  await expect(page.locator('.broker')).toContainText('PCs connected');
  await context.setOffline(true);
  await expect(page.locator('.broker')).toContainText('The broker does not answer');
  await context.setOffline(false);
  await expect(page.locator('.broker')).toContainText('PCs connected');
});

test('the confirmation is about whom the form reaches, not whom it reached before', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="looking-into-it"]').click();
  await chooseService(page, 'Imaging');
  await choosePlace(page, '4 West');
  await expect(page.getByTestId('reach')).toContainText('1 ward');
  await page.getByText('Everyone', { exact: true }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toContainText('This is REAL for 31 wards');
  await expect(page.getByRole('dialog')).toContainText('more than a quarter of all wards');
});
