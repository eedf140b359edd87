import { choosePlace, chooseService, expect, openConsole, openReceiver, test } from './fixtures.ts';

test('an outage goes from a template to the ward and back', async ({ browser, broker }) => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const ward = await context.newPage();
  const desk = await context.newPage();

  await openReceiver(ward, broker);
  await expect(ward.getByText(/^No open notices for 4 West/)).toBeVisible();

  // Publish from a template.
  await openConsole(desk, broker);
  expect(desk.url()).not.toContain('token');
  await desk.getByRole('link', { name: 'New notice' }).first().click();
  await desk.locator('[data-template="outage"]').click();
  await desk.getByLabel('Which service?').first().fill('Orders and results');
  await desk.getByRole('option', { name: 'Orders and results (lab)' }).click();
  await expect(desk.getByTestId('reach')).toContainText(/Reaches \d+ wards · \d+ PCs/);
  await expect(desk.getByLabel('Preview: what wards see')).toContainText(
    'Orders and results (lab) is down',
  );
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('Control+Enter');
  const dialog = desk.getByRole('dialog');
  await expect(dialog).toContainText(/This is REAL for \d+ wards? and \d+ PCs?/);
  await expect(dialog).toContainText('WARNING');
  const wide = dialog.getByLabel(/Type .* to send it/);
  if (await wide.isVisible()) {
    await expect(dialog.getByRole('button', { name: 'Send the REAL notice' })).toBeDisabled();
    await wide.fill('river valley main campus');
  }
  await dialog.getByRole('button', { name: 'Send the REAL notice' }).click();

  // The ward sees it.
  await expect(desk).toHaveURL(/#\/notice\//);
  const notice = ward.locator('.open.first');
  await expect(notice.getByRole('heading', { level: 2 })).toHaveText(
    'Orders and results (lab) is down',
  );
  await expect(notice).toContainText('WARNING');
  await expect(notice).toContainText('Start the downtime procedure');
  await expect(notice).toContainText('Next update');

  // Seen, then the ward's answer.
  await ward.bringToFront();
  const row = desk.locator('tr[data-ward="4w"]');
  await expect(row).toHaveAttribute('data-state', 'DISPLAYED');
  await notice.getByRole('button', { name: 'Seen', exact: true }).click();
  await expect(notice).toContainText('Seen at this PC');
  await expect(row).toHaveAttribute('data-state', 'SEEN');
  await notice.getByRole('button', { name: /^Acknowledge for 4 West/ }).click();
  await notice.getByLabel(/initials/i).fill('J.R.');
  await notice.getByRole('button', { name: 'charge nurse' }).click();
  await notice.getByRole('button', { name: 'Procedure started' }).click();
  await expect(notice.locator('.answer-lines')).toContainText(
    /4 West.*: procedure started · J.R., charge nurse/,
  );
  await expect(notice.locator('.answer-lines')).toContainText('recorded');

  // The console shows it live.
  await expect(row).toHaveAttribute('data-state', 'ACKNOWLEDGED');
  await expect(desk.getByTestId('progress')).toContainText(/1 of \d+ wards acknowledged/);
  await expect(desk.getByTestId('progress')).toContainText('live');
  await expect(desk.getByTestId('answers')).toContainText(
    /4 West.*: procedure started · J.R., charge nurse/,
  );

  // A help request stands on top.
  await notice.getByRole('button', { name: 'Need downtime help' }).click();
  await expect(notice).toContainText('Patient emergency: call 970-555-0199');
  await notice.getByRole('button', { name: 'Forms or printer' }).click();
  await expect(desk.getByLabel('Help requests')).toContainText(/4 West.* needs: forms or printer/);

  // Restored, then all clear.
  await desk.getByRole('button', { name: 'Restored, verifying' }).click();
  await expect(notice).toContainText('Stay on paper until the all clear.');
  await desk.getByRole('button', { name: 'All clear…' }).click();
  await desk.getByRole('button', { name: 'Send the all clear' }).click();
  await expect(desk.getByTestId('state')).toContainText('All clear');
  const ended = ward.locator('.ended');
  await expect(ended).toContainText('ALL CLEAR');
  await expect(ended).toContainText('Enter again what was written on paper');
  await ended.getByRole('button', { name: 'Back-entry done' }).click();
  await expect(ward.getByText(/^No open notices for 4 West/)).toBeVisible();
  await context.close();
});

test('a notice sent by mistake is taken back with one press', async ({ page, broker, context }) => {
  const ward = await context.newPage();
  await openReceiver(ward, broker);
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="looking-into-it"]').click();
  await chooseService(page, 'Imaging');
  await choosePlace(page, '4 West');
  await expect(page.getByTestId('reach')).toContainText('1 ward');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send the REAL notice' }).click();
  await ward.bringToFront();
  await expect(ward.locator('.open.first')).toContainText('there is a problem');
  await expect(page.locator('tr[data-ward="4w"]')).toHaveAttribute('data-state', 'DISPLAYED');
  await page.getByRole('button', { name: /Undo \(recall\)/ }).click();
  await expect(page.getByTestId('state')).toContainText('Recalled');
  const recalled = ward.locator('.ended');
  await expect(recalled).toContainText('RECALLED');
  await recalled.getByRole('button', { name: 'Seen' }).click();
  await expect(ward.getByText(/^No open notices for 4 West/)).toBeVisible();
});

test('the call list names silent wards with phones, and “spoke to” answers for them', async ({
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
  await openConsole(page, broker, '/calls');
  const icu = page.locator('[data-ward="icu"]');
  await expect(icu).toContainText('970-555-0116');
  await expect(icu).toContainText('Not reached');
  await icu.getByRole('button', { name: 'Spoke to…' }).click();
  await icu.getByLabel('Initials').fill('M.K.');
  await icu.getByLabel('Role').fill('charge nurse');
  await icu.getByRole('button', { name: /procedure started/ }).click();
  await expect(icu).toHaveCount(0);
  await expect(page.locator('[data-ward="4w"]')).toBeVisible();
});
