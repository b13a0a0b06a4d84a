import { cp } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Browser, type Credentials } from '@app/testing';
import { csv, newElection, TestApi, withCode } from '../medium/api';
import { expectAccessible } from './accessibility';

const ROOT = join(__dirname, '..', '..');
const PASSWORD = 'a password of their own';

describe('accreditation in the browser', () => {
  let api: TestApi;
  let url: string;
  let applicant: Browser;
  let decider: Browser;

  beforeAll(async () => {
    api = await TestApi.start({}, (directory) => cp(join(ROOT, 'dist', 'web'), directory, { recursive: true }));
    await newElection(api.db);
    const rows = ['N1,School 1,North/Upper,UTC,,', 'S1,School 2,South,UTC,,'];
    await (
      await api.as('operator')
    )
      .post('/api/v1/stations/import')
      .type('text/csv')
      .send(csv('code,name,region,timezone,camera1_name,camera1_source', ...rows))
      .expect(200);
    url = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
    // A phone, and a desk.
    applicant = await Browser.start({ width: 320, height: 800 });
    decider = await Browser.start();
  });
  afterAll(async () => {
    await applicant?.stop();
    await decider?.stop();
    await api?.stop();
  });

  it('goes from a form on a phone, over a dead network, to a badge that anybody can check until it is revoked', async () => {
    const page = await applicant.page();
    await page.goto(`${url}/accreditation`);
    await page.getByRole('table').waitFor();
    await expectAccessible(page, 'the page of accreditation');
    await page.getByRole('link', { name: 'Apply', exact: true }).click();
    await page.getByLabel('Full name').fill('Dilnoza Karimova');
    await page.getByLabel('E-mail').fill('dilnoza@watch.example');
    await page.getByLabel('Telephone').fill('call me');
    await page.getByLabel('Citizen observers').check();
    await page.getByLabel('Organisation', { exact: true }).fill('Voters’ Watch');
    await page.getByLabel('North / Upper').check();
    await page.getByLabel('Documents').setInputFiles([
      { name: 'mandate.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n') },
      { name: 'no-picture.png', mimeType: 'image/png', buffer: Buffer.from('this is no picture') },
    ]);
    await expectAccessible(page, 'the form');

    await page.getByTestId('apply').click();
    await page.getByText('Write a telephone number').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('phone');
    await expectAccessible(page, 'the form with a wrong field');
    await page.getByLabel('Telephone').fill('+998 90 123-45-67');

    await applicant.context.setOffline(true);
    await page.getByTestId('apply').click();
    await page.getByText('What you typed is kept').waitFor();
    await applicant.context.setOffline(false);
    await page.reload();
    expect(await page.getByLabel('Full name').inputValue()).toBe('Dilnoza Karimova');
    expect(await page.getByLabel('North / Upper').isChecked()).toBe(true);
    await page.getByLabel('Documents').setInputFiles([
      { name: 'mandate.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n') },
      { name: 'no-picture.png', mimeType: 'image/png', buffer: Buffer.from('this is no picture') },
    ]);
    await page.getByTestId('apply').click();

    const reference = (await page.getByTestId('own-reference').textContent()) ?? '';
    expect(reference).toMatch(/^(\w{5}-){4}\w{5}$/);
    await page.getByText('neither a PDF nor a JPEG or PNG picture').waitFor();
    await page.getByText('mandate.pdf').waitFor();
    await expectAccessible(page, 'one’s own application');

    const chair = await api.account('chair');
    const desk = await decider.page();
    await desk.goto(`${url}/sign-in`);
    await signInAt(desk, url, chair);
    await desk.goto(`${url}/c/accreditations`);
    await desk.getByTestId('application').first().waitFor();
    await expectAccessible(desk, 'the queue');
    await desk.getByRole('button', { name: 'Import a list' }).click();
    await expectAccessible(desk, 'the import dialog');
    await desk.keyboard.press('Escape');
    await desk.getByRole('link', { name: 'Dilnoza Karimova' }).click();
    await desk.getByTestId('history').waitFor();
    await expectAccessible(desk, 'an application');
    const download = desk.waitForEvent('download');
    await desk.getByRole('link', { name: 'mandate.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('mandate.pdf');
    await desk.getByTestId('decide-approve').click();
    await desk.waitForFunction(() => document.activeElement?.getAttribute('name') === 'organisation');
    await desk.locator('dialog input[name="where"]').last().click();
    await desk.keyboard.press('Escape');
    await desk.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'decide-approve');
    await desk.getByTestId('decide-approve').click();
    await desk.getByTestId('reason').fill('mandate checked');
    await expectAccessible(desk, 'the decision dialog');
    await desk.getByTestId('decide').click();
    await desk.getByText('approved', { exact: false }).first().waitFor();
    await desk.getByTestId('decide-revoke').waitFor();

    await page.reload();
    await page.getByTestId('new-password').fill(PASSWORD);
    await expectAccessible(page, 'an approved application');
    await page.getByRole('button', { name: 'Make my account' }).click();
    await page.getByText('You report what you see').waitFor();
    await page.getByRole('link', { name: 'Show and print my badge' }).click();
    const badge = page.getByTestId('badge');
    await badge.waitFor();
    await expectAccessible(page, 'the badge');
    expect(await badge.textContent()).toContain('Dilnoza Karimova');
    const checkUrl = /http\S+\/verify\/[\w-]+/.exec((await badge.textContent()) ?? '')?.[0] as string;

    const stranger = await applicant.page();
    await stranger.goto(checkUrl);
    const result = stranger.getByTestId('check-result');
    await result.waitFor();
    expect(await result.getAttribute('data-result')).toBe('valid');
    expect(await stranger.locator('main').textContent()).not.toContain('Dilnoza');
    await expectAccessible(stranger, 'the check of a badge');

    await desk.getByTestId('decide-revoke').click();
    await desk.getByTestId('reason').fill('acted for a candidate');
    await desk.getByTestId('decide').click();
    await desk.getByTestId('history').getByText('acted for a candidate').waitFor();
    await stranger.reload();
    await result.waitFor();
    expect(await result.getAttribute('data-result')).toBe('revoked');
    await expectAccessible(stranger, 'the check of a revoked badge');
    await stranger.getByTestId('number').fill('7K4M-2QXR-2');
    await stranger.getByRole('button', { name: 'Check' }).click();
    await stranger.locator('[data-result="mistyped"], [data-result="unknown"]').waitFor();
    await expectAccessible(stranger, 'the check of a wrong number');
  });
});

/** Through the api that the page calls: what the sign-in page looks like is another test's. */
async function signInAt(page: Page, url: string, account: Credentials): Promise<void> {
  const answer = await page.request.post(`${url}/api/v1/sessions`, { data: await withCode(account) });
  expect(answer.status()).toBe(201);
  await page.evaluate(`localStorage.setItem('pollglass.signed-in', '1')`);
}
