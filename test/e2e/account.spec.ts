import { cp } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Browser, signIn, unusedCode } from '@app/testing';
import { TestApi } from '../medium/api';
import { makeWorld } from '../medium/access/world';
import { accessibilityProblems } from './accessibility';

/** Where pictures of the pages go, for a person to look at; none are made without it. */
const PICTURES = process.env['POLLGLASS_TEST_PICTURES'];

describe('accounts in the browser', () => {
  let api: TestApi;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    const built = join(__dirname, '..', '..', 'dist', 'web');
    api = await TestApi.start({}, (directory) => cp(built, directory, { recursive: true }));
    await makeWorld(api.db);
    url = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    browser = await Browser.start({ width: 1100, height: 900 });
  });
  afterEach(() => browser.stop());
  afterAll(() => api.stop());

  const look = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    expect([name, await accessibilityProblems(page)]).toEqual([name, []]);
  };
  /** A page whose session showed its second factor too long ago. */
  const forgetFactor = () =>
    api.db
      .updateTable('sessions')
      .set({ factor_shown_at: new Date(0) })
      .execute();

  it('sets up a second factor at the first sign-in, and asks for it from then on, by keyboard alone', async () => {
    const account = await api.account('reviewer');
    await api.db.deleteFrom('second_factors').where('user_id', '=', account.id).execute();
    const page = await browser.page();
    await page.goto(`${url}/sign-in`);
    await look(page, 'sign-in');
    await page.getByTestId('email').fill(account.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(account.password);
    await page.keyboard.press('Enter');
    await page.getByTestId('begin').waitFor();
    await look(page, 'enrol-begin');
    await page.getByTestId('begin').press('Enter');
    const secret = ((await page.getByTestId('secret').textContent()) ?? '').replace(/\s/g, '');
    await look(page, 'enrol-code');
    const code = await unusedCode(secret);
    await page.getByTestId('totp').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await page.keyboard.press('Enter');
    await page.getByTestId('recovery-codes').waitFor();
    expect(await page.getByTestId('recovery-codes').locator('li').count()).toBe(10);
    await look(page, 'recovery-codes');
    await page.getByTestId('kept').press('Enter');
    await page.waitForURL('**/account');

    const other = await Browser.start({ width: 390, height: 800 }, 'dark');
    try {
      const again = await other.page();
      await again.goto(`${url}/sign-in`);
      await again.getByTestId('email').fill(account.email);
      await again.getByTestId('password').fill(account.password);
      await again.getByTestId('submit').click();
      await again.getByTestId('totp').fill(code);
      expect(await again.getByTestId('totp').getAttribute('autocomplete')).toBe('one-time-code');
      await again.getByTestId('submit').click();
      await again.getByRole('alert').waitFor();
      await look(again, 'sign-in-code-used');
      await again.getByTestId('totp').fill(await unusedCode(secret));
      await again.getByTestId('submit').click();
      await again.waitForURL('**/c/flags');
      expect(other.errors.filter((line) => !line.includes('status of 401'))).toEqual([]);
    } finally {
      await other.stop();
    }
    expect(browser.errors).toEqual([]);
  });

  it('shows a person their sessions and tokens, and ends them', async () => {
    const account = await api.account('operator');
    await api.cookieFor(account.id, true);
    const page = await browser.page();
    await signIn(page, url, account);
    await page.goto(`${url}/account`);
    await page.getByText('New token').click();
    await page.getByLabel('Name, for you to know it by').fill('Load test');
    const make = page.getByRole('button', { name: 'Make the token' });
    await make.press('Enter');
    const firstBox = page.getByRole('checkbox').first();
    expect(await firstBox.evaluate((box: HTMLInputElement) => box.validationMessage)).toBe('Choose at least one.');
    await page.getByLabel('camera.manage').check();
    await page.locator('select[name="kind"]').selectOption('station');
    await page.getByLabel('Station number').fill('NORTH-1');
    await forgetFactor();
    await make.press('Enter');
    await page.getByRole('dialog').waitFor();
    await look(page, 'step-up');
    await page.getByTestId('totp').fill(await unusedCode(account.totpSecret as string));
    await page.getByTestId('step-up').press('Enter');
    expect(await page.getByTestId('token').textContent()).toMatch(/^pgt_[\w-]{43}$/);
    // The dialog is gone: the keyboard is where it was before.
    await page.waitForFunction(() => document.activeElement?.textContent === 'Make the token');
    await page.getByText('Manage cameras; only at one station').waitFor();
    const [token] = await api.db.selectFrom('personal_tokens').select(['scope_kind', 'permissions']).execute();
    expect(token).toEqual({ scope_kind: 'station', permissions: ['camera.manage'] });
    await look(page, 'account');
    await page.getByRole('button', { name: /^End it.*Load test/ }).press('Enter');
    await page.getByRole('button', { name: /^End it.*Load test/ }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.textContent === 'Tokens for programs');
    expect(await page.getByRole('button', { name: /^Sign out\s+test/ }).count()).toBe(1);
    await page.getByTestId('end-all').click();
    await page.waitForURL('**/sign-in');
    const left = await api.db.selectFrom('sessions').select('id').where('user_id', '=', account.id).execute();
    expect(left).toEqual([]);
  });

  it('lets an administrator make an account, and give and end a right', async () => {
    const admin = await api.account('admin');
    const page = await browser.page();
    await signIn(page, url, admin);
    await page.goto(`${url}/a/accounts`);
    await page.getByTestId('new-account').click();
    const form = page.locator('form').filter({ hasText: 'Make the account' });
    await form.getByLabel('E-mail').fill('dilnoza@example.org');
    await form.getByLabel('Name', { exact: true }).fill('Dilnoza Karimova');
    await form.getByLabel('Station number').fill('NORTH-1');
    await form.getByLabel('Reason').fill('accredited for the day');
    await form.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('Hand over its password now').waitFor();
    const entry = page.getByRole('listitem').filter({ hasText: 'dilnoza@example.org' });
    await entry.locator('summary').click();
    await entry.getByText('station NORTH-1 North school').waitFor();
    await look(page, 'accounts');
    await entry.getByRole('button', { name: 'Give a right' }).press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'role');
    await entry.getByLabel('Role').selectOption('triage');
    await entry.getByLabel('Where').selectOption('region');
    // Its label holds the names of the regions too, once they are there.
    await entry.locator('select[name="region"]').selectOption({ label: 'South' });
    await entry.getByLabel('Reason').fill('helps out in the evening');
    await look(page, 'give-right');
    await entry.getByRole('button', { name: 'Give a right' }).last().press('Enter');
    await entry.getByText('region South').waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'Give a right');
    await entry.getByRole('button', { name: 'End triage' }).click();
    await entry.getByLabel('Reason').fill('went home');
    await entry.getByRole('button', { name: 'End this right' }).click();
    await entry.getByText('ended: went home').waitFor();
  });
});
