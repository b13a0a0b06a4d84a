import { Controller, Get, Header } from '@nestjs/common';
import { openApiDocument, routes } from '@app/contracts';
import { OpenRoute } from '../http/endpoint';
import { docsPage } from './docs-page';

const DOCUMENT = openApiDocument(routes);
const PAGE = docsPage(DOCUMENT);

@Controller('api')
export class DocsController {
  @Get('v1/openapi.json')
  @OpenRoute()
  @Header('Cache-Control', 'public, max-age=300')
  @Header('Access-Control-Allow-Origin', '*')
  document(): Record<string, unknown> {
    return DOCUMENT;
  }

  @Get('docs')
  @OpenRoute()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=300')
  page(): string {
    return PAGE;
  }
}
