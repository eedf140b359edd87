import {
  choosePlace,
  chooseService,
  expect,
  openConsole,
  type publish,
  test,
} from '../fixtures.ts';

const state = async (broker: Parameters<typeof publish>[0], alertId: string) => {
  const { alert } = await broker.call<{ alert: { state: string } }>('AlertService/GetAlert', {
    alertId,
  });
  return alert.state;
};

test('a notice is kept as a draft, gone on with, and sent with its blanks filled', async ({
  page,
  broker,
}) => {
  await openConsole(page, broker, '/new');
  await page.locator('[data-template="outage"]').click();
  await chooseService(page, 'Imaging');
  await choosePlace(page, '4 West');
  await page.getByLabel('Headline').fill('{service} is slow since {start}');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await expect(page).toHaveURL(/#\/draft\//);
  await expect(page.getByRole('heading', { level: 1, name: 'Draft' })).toBeVisible();
  await expect(page.getByText(/^Saved /)).toBeVisible();
  const id = page.url().split('/').at(-1) ?? '';
  expect(await state(broker, id)).toBe('DRAFT');

  // Nobody has seen it; it is on the list, and goes on as it was left, also in another tab.
  await page.goto(`${broker.url}/#/planned`);
  const drafts = page.getByRole('region', { name: 'Drafts' });
  const again = await page.context().newPage();
  await openConsole(again, broker, `/draft/${id}`);
  await expect(again.getByLabel('Headline')).toHaveValue('{service} is slow since {start}');
  await again.close();
  await drafts.getByRole('link', { name: '{service} is slow since {start}' }).click();
  await page.getByLabel('Headline').fill('{service} is very slow since {start}');
  const saved = page.waitForResponse(/AlertService\/PublishAlert$/);
  await page.getByRole('button', { name: 'Save draft' }).click();
  await saved;
  await expect(page.getByRole('button', { name: 'Send…' })).toBeEnabled();
  await page.getByLabel('Headline').press('Control+Enter');
  await page
    .getByRole('dialog', { name: /This is REAL for 1 ward/ })
    .getByRole('button', { name: 'Send the REAL notice' })
    .click();
  await expect(page).toHaveURL(/#\/notice\//);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    /^Imaging .* is very slow since \d\d:\d\d/,
  );
  expect(page.url()).toContain(id);
  expect(await state(broker, id)).toBe('ACTIVE');
  await page.goto(`${broker.url}/#/planned`);
  await expect(drafts).toContainText('There is no draft.');
});

test('a draft is taken away before anybody saw it', async ({ page, broker }) => {
  const { alert } = await broker.call<{ alert: { id: string } }>('AlertService/PublishAlert', {
    draft: true,
    alert: { kind: 'OUTAGE', headline: 'Half written' },
  });
  await openConsole(page, broker, '/planned');
  await expect(page.getByRole('region', { name: 'Drafts' })).toContainText('Half written');
  await page.goto(`${broker.url}/#/notice/${alert.id}`);
  await expect(page.getByTestId('state')).toHaveText('Draft, not sent');
  await expect(page.getByRole('link', { name: 'Go on writing' })).toBeVisible();
  await page.getByRole('button', { name: 'Take it away…' }).click();
  await page.getByRole('button', { name: 'Take it away', exact: true }).click();
  await expect(page.getByTestId('state')).toContainText('Recalled');
});

test('nobody is offered drafts who neither writes nor approves', async ({ page, broker }) => {
  await page.route('**/wardcast.v1.AccessService/WhoAmI', async (route) => {
    const response = await route.fetch();
    const who = (await response.json()) as object;
    await route.fulfill({ response, json: { ...who, grants: [{ role: 'VIEWER' }] } });
  });
  await openConsole(page, broker, '/planned');
  await expect(page.getByRole('region', { name: 'Planned and scheduled' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Drafts' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Waiting for approval' })).toHaveCount(0);
});
