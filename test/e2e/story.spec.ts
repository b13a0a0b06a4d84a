/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { Browser, type Credentials, newColleague, signIn, System, unusedCode, untilPlaying } from '@app/testing';

const run = promisify(execFile);
const PASSWORD = 'a password of their own';
const NOTE = 'Three papers go in together.';
/** Half a minute of two pictures, and as often as a machine that is busy with sixteen cameras needs. */
const PLAYED_MS = 100_000;
const PACKAGE_MS = 60_000;

/** What somebody who has a finding to give says. */
interface Finding {
  action: 'find' | 'second' | 'vote';
  outcome: 'confirmed' | 'not_confirmed';
  ground: string;
  reason: string;
}

/** Everybody works in a browser of their own; nothing is called behind the screens. */
describe('from an application to a package that anybody can check', () => {
  let system: System;
  const browsers: Browser[] = [];
  const open = async (viewport?: { width: number; height: number }): Promise<{ browser: Browser; page: Page }> => {
    const browser = await Browser.start(viewport);
    browsers.push(browser);
    return { browser, page: await browser.page() };
  };

  beforeAll(async () => {
    system = await System.start();
    await system.untilLive(16, 60_000);
  });
  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.stop()));
  });
  afterAll(() => system.dispose());

  it('goes all the way', async () => {
    const [reviewerB, memberC] = [await newColleague(system, 'reviewer', 'B'), await newColleague(system, 'reviewer', 'C')];
    const { browser: phone, page: observer } = await open({ width: 412, height: 900 });
    const { page: chair } = await open();
    await signIn(chair, system.url, await system.account('chair'));

    await apply(observer, system.url);
    await approve(chair, system.url);
    await becomeObserver(observer, system.url);
    const incidentUrl = await flagWhileOffline(phone, observer, system.url);

    const { page: triage } = await open();
    await signIn(triage, system.url, await system.account('triage'));
    await triage.goto(`${system.url}/c/queue`);
    await triage.getByTestId('queue-row').first().click();
    await triage.getByTestId('action-claim').click();
    await triage.getByTestId('action-route').click();
    await work(triage).getByTestId('severity').selectOption('S2');
    await work(triage).getByTestId('reason').fill('Seen at the flagged second.');
    await work(triage).getByTestId('case-submit').click();
    await untilState(triage, 'in_review');
    const caseUrl = triage.url();
    await browsers.pop()?.stop();

    await review(await system.account('reviewer'), caseUrl, 'awaiting_second', {
      ...{ action: 'find', outcome: 'confirmed', ground: 'seen', reason: 'Three papers go in at once.' },
    });
    await review(reviewerB, caseUrl, 'disputed', {
      ...{ action: 'second', outcome: 'not_confirmed', ground: 'explained', reason: 'One paper, folded twice.' },
    });
    await vote(memberC, caseUrl, 'disputed', {
      ...{ action: 'vote', outcome: 'not_confirmed', ground: 'explained', reason: 'I see one folded paper.' },
    });
    await vote(await newColleague(system, 'reviewer', 'D'), caseUrl, 'disputed', {
      ...{ action: 'vote', outcome: 'confirmed', ground: 'seen', reason: 'I count three.' },
    });
    await chair.goto(caseUrl);
    await give(chair, { action: 'vote', outcome: 'confirmed', ground: 'seen', reason: 'Three, by the shadow on the slot.' });
    await untilState(chair, 'decided');
    await chair.getByTestId('dissent').getByText('I see one folded paper.').waitFor();

    const { page: anybody } = await open({ width: 360, height: 800 });
    await anybody.goto(`${system.url}/record`);
    const published = anybody.getByRole('article').first();
    await published.getByText('I count three.').waitFor();
    const told = (await published.textContent()) ?? '';
    expect(told).toContain('Confirmed');
    expect(told).toContain('I see one folded paper.');
    expect(told).not.toContain('Dilnoza');

    await observer.goto(incidentUrl);
    await observer.getByText('Three, by the shadow on the slot.').waitFor();

    await checkPackage(chair, caseUrl, join(system.dataDirectory, 'unpacked'));
  }, 600_000);

  /** With the other finding sealed where there is one. */
  const review = async (account: Credentials, caseUrl: string, becomes: string, finding: Finding): Promise<void> => {
    const { browser, page } = await open();
    await signIn(page, system.url, account);
    await page.goto(caseUrl);
    await page.getByTestId('action-claim').click();
    if (finding.action === 'second') {
      await page.getByTestId('sealed').waitFor();
      expect(await page.locator('main').textContent()).not.toContain('Three papers go in at once.');
    }
    await untilPlayed(page);
    await give(page, finding);
    await untilState(page, becomes);
    browsers.splice(browsers.indexOf(browser), 1);
    await browser.stop();
  };

  const vote = async (account: Credentials, caseUrl: string, becomes: string, finding: Finding): Promise<void> => {
    const { browser, page } = await open();
    await signIn(page, system.url, account);
    await page.goto(caseUrl);
    await give(page, finding);
    await untilState(page, becomes);
    browsers.splice(browsers.indexOf(browser), 1);
    await browser.stop();
  };
});

async function apply(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/accreditation`);
  await page.getByRole('link', { name: 'Apply', exact: true }).click();
  await page.getByLabel('Full name').fill('Dilnoza Karimova');
  await page.getByLabel('E-mail').fill('dilnoza@watch.example');
  await page.getByLabel('Telephone').fill('+998 90 123-45-67');
  await page.getByLabel('Citizen observers').check();
  await page.getByLabel('Organisation', { exact: true }).fill('Voters’ Watch');
  await page
    .getByLabel('Documents')
    .setInputFiles([
      { name: 'mandate.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n') },
    ]);
  await page.getByTestId('apply').click();
  await page.getByTestId('own-reference').waitFor();
}

async function approve(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/c/accreditations`);
  await page.getByRole('link', { name: 'Dilnoza Karimova' }).click();
  await page.getByTestId('decide-approve').click();
  await page.getByTestId('reason').fill('Mandate checked.');
  await page.getByTestId('decide').click();
  await page.getByTestId('decide-revoke').waitFor();
}

/** Their account, a second factor for it, and in again with both. */
async function becomeObserver(page: Page, url: string): Promise<void> {
  await page.reload();
  await page.getByTestId('new-password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.getByText('You report what you see').waitFor();
  await signIn(page, url, { email: 'dilnoza@watch.example', password: PASSWORD });
  await page.goto(`${url}/account/second-factor`);
  await page.getByTestId('begin').click();
  const totpSecret = ((await page.getByTestId('secret').textContent()) ?? '').replace(/\s/g, '');
  await page.getByTestId('totp').fill(await unusedCode(totpSecret));
  await page.keyboard.press('Enter');
  await page.getByTestId('kept').click();
  await page.waitForURL('**/account');
  await page.context().clearCookies();
  await signIn(page, url, { email: 'dilnoza@watch.example', password: PASSWORD, totpSecret });
}

/** @returns where they see what becomes of it */
async function flagWhileOffline(phone: Browser, page: Page, url: string): Promise<string> {
  await page.goto(url);
  await page.getByTestId('station-card').first().click();
  await untilPlaying(page, 20_000);
  await page.getByTestId('flag-button').waitFor();
  await phone.context.setOffline(true);
  await page.keyboard.press('b');
  const chip = page.getByTestId('flag-chip');
  await chip.waitFor();
  await page.keyboard.press('1');
  await chip.getByPlaceholder('What happened').fill(NOTE);
  await chip.getByRole('button', { name: 'Done' }).click();
  await phone.context.setOffline(false);
  await page.goto(`${url}/m/flags`);
  await page.getByTestId('flag-row').first().click();
  await page.getByText(NOTE).waitFor();
  return page.url();
}

async function give(page: Page, { action, outcome, ground, reason }: Finding): Promise<void> {
  await page.getByTestId(`action-${action}`).click();
  await page.getByTestId(`outcome-${outcome}`).check();
  await page.getByTestId('reason-code').selectOption(ground);
  await work(page).getByTestId('reason').fill(reason);
  await work(page).getByTestId('case-submit').click();
  await work(page).getByTestId('case-submit').waitFor({ state: 'detached' });
}

/** Where a case is worked on; beside it is a form for what is added to it. */
const work = (page: Page) => page.getByRole('region', { name: 'What to do' });

const untilState = (page: Page, state: string): Promise<void> =>
  page.locator(`[data-testid="case-state"][data-state="${state}"]`).waitFor();

const untilPlayed = (page: Page): Promise<void> =>
  page.locator('[data-testid="case-played"][data-full="true"]').waitFor({ timeout: PLAYED_MS });

async function checkPackage(page: Page, caseUrl: string, folder: string): Promise<void> {
  await page.goto(caseUrl);
  await page.getByTestId('evidence-open').click();
  await page.getByTestId('evidence-reason').fill('Complaint 12 of today.');
  await page.getByTestId('evidence-recipient').fill('District court');
  await page.getByTestId('evidence-submit').click();
  await page.getByTestId('evidence-download').waitFor({ timeout: PACKAGE_MS });
  const download = page.waitForEvent('download');
  await page.getByTestId('evidence-download').click();
  await run('unzip', ['-q', await (await download).path(), '-d', folder]);
  const { stdout } = await run('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder });
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBeGreaterThan(8);
  expect(lines.every((line) => line.endsWith(': OK'))).toBe(true);
}
