import { expect, openReceiver, publish, test, ward } from '../fixtures.ts';
import { check } from '../look.ts';

// A drill on a ward's page: marked everywhere, with a way out for what is real, and gone at once when a
// real notice comes.

test('a drill says so, takes a real problem, and gives way to a real notice', async ({
  page,
  broker,
}) => {
  await openReceiver(page, broker);
  await page.bringToFront();
  const id = await publish(broker, {
    status: 'EXERCISE',
    impact: 'Results come by telephone.',
    instructions: [{ when: 'DURING', text: 'Call the lab: 4711' }],
  });
  const drill = page.locator(`.open[data-alert="${id}"]`);
  await expect(drill.getByRole('heading', { level: 2 })).toHaveText(
    'EXERCISE · Lab results are not reaching the EHR · EXERCISE',
  );
  await expect(drill).toContainText('EXERCISE · Results come by telephone. · EXERCISE');
  await expect(drill.locator('.exercise-line')).toHaveText(['EXERCISE', 'EXERCISE']);
  await expect.poll(async () => (await ward(broker, id))?.displayed).toBe(1);

  await check(page, 'receiver-drill', 700);
  await drill.getByRole('button', { name: 'Real problem here' }).click();
  await expect(drill.getByRole('heading', { name: /^Real problem in 4 West/ })).toBeVisible();
  await check(page, 'receiver-real-problem', 700);
  await expect(drill).toContainText(/Patient emergency: /);
  await expect(drill.locator('.answer-lines')).toContainText(/reports a real problem.*recorded/);
  await expect.poll(async () => (await ward(broker, id))?.state).toBe('HELP');
  // Pressed again it says the numbers, and reports nothing new.
  await drill.getByRole('button', { name: 'Real problem here' }).click();
  await expect(drill.locator('.answer-lines li')).toHaveCount(1);
  expect((await ward(broker, id))?.answers).toHaveLength(1);

  await publish(broker, { headline: 'The EHR is down', services: ['inpatient-ehr'] });
  await expect(page.locator('.open')).toHaveCount(1);
  await expect(page.locator('.open')).not.toContainText('EXERCISE');
  const stopped = page.locator(`.ended[data-alert="${id}"]`);
  await expect(stopped.getByRole('heading', { level: 2 })).toHaveText(
    'EXERCISE STOPPED. The next notice is real.',
  );
  await stopped.getByRole('button', { name: 'Seen', exact: true }).click();
  await expect(stopped).toHaveCount(0);
});

test('a drill is not on a clinical PC', async ({ page, broker }) => {
  await openReceiver(page, broker, 'or-pc-01');
  const drill = await publish(broker, { status: 'EXERCISE', audience: { wards: ['4w', 'or'] } });
  await publish(broker, {
    severity: 'MODERATE',
    headline: 'Imaging is slow',
    services: ['pacs'],
    audience: { wards: ['or'] },
  });
  await expect(page.locator('.open')).toHaveCount(1);
  await expect(page.locator(`[data-alert="${drill}"]`)).toHaveCount(0);
});
