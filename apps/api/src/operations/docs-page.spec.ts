import { addressOf, openApiDocument, routes } from '@app/contracts';
import { docsPage } from './docs-page';

describe(docsPage, () => {
  const page = docsPage(openApiDocument(routes));

  it('shows every operation', () => {
    for (const route of Object.values(routes))
      expect(page).toContain(`<b>${route.method}</b> ${addressOf(route).replace(/:([A-Za-z]+)/g, '{$1}')}</code>`);
  });

  it('asks nothing of another host and runs no script', () => {
    expect(page).not.toMatch(/<script|<link|(?:src|href)="(?!#|\/)|@import|url\(/i);
  });

  it('shows what comes from the document as text', () => {
    const operation = { tags: ['<b>'], summary: '<img onerror=x>', description: '', parameters: [], responses: {} };
    const info = { title: '"&', version: '1', description: '' };
    const hostile = docsPage({ info, paths: { '/<i>': { get: operation } } });
    expect(hostile).not.toMatch(/<img|<i>|<b>"/);
  });
});
