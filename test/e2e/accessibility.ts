import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** WCAG 2.2 AA; without them axe adds what it thinks good practice. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What keeps people with assistive technology out of the page as it is now. */
export async function accessibilityProblems(page: Page, runOnly?: string[]): Promise<[rule: string, elements: string[]][]> {
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate<AxeResult>(
    `axe.run(document, ${JSON.stringify(runOnly === undefined ? {} : { runOnly })})`,
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Fails on what keeps people with assistive technology out, and on what is wider than the screen. @param what is on the screen */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  expect([what, await accessibilityProblems(page, WCAG)]).toEqual([what, []]);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect([what, overflow]).toEqual([what, 0]);
}
