import type { Page } from '@playwright/test';
import { expect, openConsole, openReceiver, publish, test } from './fixtures.ts';

const MB = 1024 * 1024;
const updates = 60;

// What the page holds after a garbage collection, in MB.
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / MB;
}

test('pages stay small through a long night of updates', async ({ page, broker, context }) => {
  const alertId = await publish(broker);
  const desk = await context.newPage();
  await openConsole(desk, broker, `/notice/${alertId}`);
  await openReceiver(page, broker);
  await expect(page.locator('.open.first')).toBeVisible();
  const before = { receiver: await heap(page), console: await heap(desk) };
  for (let i = 1; i <= updates; i += 1) {
    await broker.call('AlertService/UpdateAlert', {
      alertId,
      alert: { impact: `Update ${i}` },
      updateMask: 'impact',
      reAlert: i % 10 === 0 ? 'YES' : 'NO',
    });
  }
  await expect(page.locator('.open.first')).toContainText(`Update ${updates}`);
  await expect(desk.locator('.head')).toContainText(`Update ${updates}`);
  const after = { receiver: await heap(page), console: await heap(desk) };
  // An old ward PC runs the EHR beside this.
  expect(after.receiver).toBeLessThanOrEqual(15);
  expect(after.console).toBeLessThanOrEqual(40);
  expect(after.receiver - before.receiver).toBeLessThanOrEqual(1);
});
