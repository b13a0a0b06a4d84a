import { cp, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Browser } from '@app/testing';
import type { Role } from '@app/contracts';
import { seedIncidentCodes } from '@app/incidents';
import { seedReportForms } from '@app/reports';
import { csv, newElection, TestApi } from '../medium/api';
import { answersTo } from '../medium/reports/rig';
import { expectAccessible } from './accessibility';

const ROOT = join(__dirname, '..', '..');
const STATIONS = ['N1', 'N2', 'N3', 'N4', 'N5', 'S1'];

describe('mission reports in the browser', () => {
  let api: TestApi;
  let url: string;
  let phone: Browser;
  let desk: Browser;

  beforeAll(async () => {
    api = await TestApi.start({}, (directory) => cp(join(ROOT, 'dist', 'web'), directory, { recursive: true }));
    await seedIncidentCodes(api.db);
    await seedReportForms(api.db);
    await newElection(api.db);
    const rows = STATIONS.map((code) => `${code},School ${code},${code.startsWith('N') ? 'North' : 'South'},UTC,Hall,push:rtmp`);
    const operator = await api.as('operator');
    await operator
      .post('/api/v1/stations/import')
      .type('text/csv')
      .send(csv('code,name,region,timezone,camera1_name,camera1_source', ...rows))
      .expect(200);
    url = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;
    phone = await Browser.start({ width: 360, height: 740 });
    desk = await Browser.start();
  });
  afterAll(async () => {
    await phone?.stop();
    await desk?.stop();
    await api?.stop();
  });

  const look = async (page: Page, what: string): Promise<void> => {
    await expectAccessible(page, what);
    const folder = process.env['SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${what.replaceAll(' ', '-')}.png`), fullPage: true });
  };
  const openAs = async (browser: Browser, role: Role): Promise<{ page: Page; cookie: string }> => {
    const { cookie } = await api.person(role);
    const [name, value] = cookie.split('=') as [string, string];
    await browser.context.addCookies([{ name, value, url }]);
    return { page: await browser.page(), cookie };
  };

  it('fills a form on a phone without network, sends it when there is one, and a chair reads the totals', async () => {
    const { page, cookie } = await openAs(phone, 'observer');
    const observedAt = new Date(Date.now() - 60_000).toISOString();
    for (const stationCode of ['N1', 'N2', 'N3', 'N4']) {
      const answers = answersTo('opening', { 'box-sealed': 'yes', 'opened-on-time': 'no' });
      const body = { stationCode, form: 'opening', formVersion: 1, observedAt, answers };
      await api.guest.post('/api/v1/reports/observations').set('Cookie', cookie).send(body).expect(201);
    }
    const { page: chair } = await openAs(desk, 'chair');
    await chair.goto(`${url}/c/reports`);
    await chair.getByText('From fewer than 5 stations: not shown.').first().waitFor();

    await page.goto(`${url}/m/reports`);
    await page.getByTestId('sent-report').first().waitFor();
    await look(page, 'own forms');
    await page.getByLabel('Number of the station').fill('N5');
    await page.getByText('Opening', { exact: true }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'Your visit' }).waitFor();
    await look(page, 'first section');

    // The server is gone, as in a school without network; the pages themselves still come.
    await page.route('**/api/**', (route) => route.abort());
    await page.getByLabel('When did you arrive at the station?').fill('07:40');
    await answer(page, 'other-observers', 'Yes');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Setting up and opening' }).waitFor();
    await answer(page, 'box-sealed', 'No');
    expect(await page.locator('[data-question="seals-recorded"]').count()).toBe(0);
    await page.reload();
    await page.getByRole('heading', { name: 'Setting up and opening' }).waitFor();
    expect(await page.locator('[data-question="box-sealed"] input[value="no"]').isChecked()).toBe(true);
    await look(page, 'second section after a reload');
    const next = page.getByRole('button', { name: 'Next' });
    while (await next.isVisible()) await next.click();
    await page.getByText(/questions have no answer yet/).waitFor();
    await look(page, 'what is missing');
    await page.getByRole('button', { name: /^Mark these/ }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Saved on this device, not sent yet').waitFor();
    await page.reload();
    await page.getByText('Saved on this device, not sent yet').waitFor();
    await look(page, 'waiting for the network');

    await page.unroute('**/api/**');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText('Received', { exact: true }).first().waitFor();
    await look(page, 'received');

    await chair.reload();
    await chair.getByText('Forms: 5. Stations: 5.').waitFor();
    const bars = chair.getByTestId('totals-box-sealed').getByRole('listitem');
    expect((await bars.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'Yes 4',
      'No 1',
      'Not observed 0',
    ]);
    await chair.getByTestId('totals-box-sealed').getByText('Table by region').click();
    await chair
      .getByTestId('totals-box-sealed')
      .getByRole('row', { name: /^North/ })
      .waitFor();
    await look(chair, 'totals');
    const [download] = await Promise.all([
      chair.waitForEvent('download'),
      chair.getByRole('link', { name: 'PDF in English' }).click(),
    ]);
    const pdf = await readFile(await download.path());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(download.suggestedFilename()).toBe('interim-report.pdf');
  });

  it('finds a zero tape that is not zero, and makes an incident of it with one press', async () => {
    const { page } = await openAs(phone, 'observer');
    await page.setViewportSize({ width: 320, height: 740 });
    await page.goto(`${url}/m/devices/N1`);
    await page.getByRole('button', { name: 'Enter a device' }).click();
    await page.getByLabel('Serial number').fill('VM-7');
    await page.getByLabel('Numbers of the seals, separated by commas').fill('A1, B2');
    await page.getByLabel('Reason').fill('as it stands in the hall');
    await page.getByRole('button', { name: 'Put on record' }).click();
    await page.getByRole('button', { name: 'Check a tape' }).click();
    await page.getByLabel('Serial number on the device').fill('VM-7');
    await page.getByLabel('Numbers of the seals on the device, separated by commas').fill('A1, B2');
    await page.getByLabel('Numbers on the tape: one option a line, the number last').fill('Ana 3\nBoris 0');
    await look(page, 'a tape at 320 px');
    await page.getByRole('button', { name: 'Put on record' }).click();
    await page.getByText('The zero tape was not zero').waitFor();
    await page.getByRole('button', { name: 'Report as an incident (EVT-01)' }).click();
    await page.getByRole('link', { name: /Reported as no\. \d+/ }).waitFor();
    await look(page, 'a finding at 320 px');
    const [incident] = await api.db.selectFrom('incidents').select(['code', 'note']).execute();
    expect(incident).toMatchObject({ code: 'EVT-01', note: expect.stringContaining('Ana: 3') as string });
  });
});

const answer = async (page: Page, question: string, label: string): Promise<void> => {
  await page.locator(`[data-question="${question}"]`).getByText(label, { exact: true }).click();
};
