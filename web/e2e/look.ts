import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

// Takes a picture into test-results/looks, and holds the page to what every page keeps: no serious or
// critical finding of axe, nothing wider than the screen, no more nodes than an old PC bears.
export async function check(page: Page, name: string, nodes: number): Promise<void> {
  await page.screenshot({ path: `test-results/looks/${name}.png` });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes: found }) => `${id}: ${found.map((node) => node.html).join(' | ')}`);
  expect(grave, name).toEqual([]);
  const size = await page.evaluate(() => ({
    nodes: document.querySelectorAll('*').length,
    wide: document.documentElement.scrollWidth - window.innerWidth,
  }));
  expect(size.nodes, `${name}: nodes`).toBeLessThanOrEqual(nodes);
  expect(size.wide, `${name}: wider than the screen`).toBeLessThanOrEqual(0);
}
