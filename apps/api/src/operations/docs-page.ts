interface Operation {
  tags: string[];
  summary: string;
  description: string;
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>;
}

interface Document {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
}

/** The document as one page for people: no script, nothing from another host. */
export function docsPage(document: Record<string, unknown>): string {
  const { info, paths } = document as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<section><h2 id="${escape(tag)}">${escape(tag)}</h2>${own.map(operationHtml).join('')}</section>`;
  });
  const links = tags.map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join(' ');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)} API</title><style>${STYLE}</style></head>
<body><header><h1>${escape(info.title)} API, version ${escape(info.version)}</h1><p>${prose(info.description)}</p>
<p>The same for programs: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p><nav aria-label="Parts">${links}</nav></header>
<main>${sections.join('')}</main></body></html>`;
}

function operationHtml({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  const parameters = operation.parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(place)}${required ? ', required' : ''}</td><td><code>${escape(JSON.stringify(schema))}</code></td></tr>`,
  );
  const table =
    parameters.length > 0 ? `<table><tr><th>Parameter</th><th>Where</th><th>Rules</th></tr>${parameters.join('')}</table>` : '';
  const body = Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) =>
    schemaHtml(`Body: ${type}`, schema),
  );
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status !== 'default')
    .flatMap(([status, { description, content }]) =>
      content
        ? Object.entries(content).map(([type, { schema }]) => schemaHtml(`Answer ${status}: ${type}`, schema))
        : [`<p>Answer ${escape(status)}: ${escape(description)}</p>`],
    );
  return `<article><h3><code><b>${method}</b> ${escape(path)}</code></h3><p>${prose(operation.summary)}. ${prose(operation.description)}</p>${table}${body.join('')}${answers.join('')}</article>`;
}

function schemaHtml(title: string, schema: unknown): string {
  return `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function prose(text: string): string {
  return escape(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
nav a{display:inline-block;padding:.5rem .75rem .5rem 0}article{border-top:1px solid #8886;padding:.5rem 0}h3{font-size:1rem;margin:.5rem 0}
code,pre{font:14px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}pre{overflow:auto;background:#8881;padding:.75rem}
table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.15rem 1rem .15rem 0}summary{cursor:pointer;padding:.25rem 0}`;
