import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { withElements } from './with-elements';

const rendered = (...[text, values, components]: Parameters<typeof withElements>): string =>
  renderToStaticMarkup(createElement(Fragment, null, ...withElements(text, values, components)));

describe('a text with elements', () => {
  const time = createElement('time', { className: 'clock' });

  it('has them where its tags are, with what stands in them', () => {
    expect(rendered('Known at <time>{{time}}</time>; asking again.', { time: '14:05' }, { time })).toBe(
      'Known at <time class="clock">14:05</time>; asking again.',
    );
  });

  it('has several, also one in another', () => {
    const components = { b: createElement('b'), i: createElement('i') };
    expect(rendered('<b>1 <i>2</i></b> and <i>3</i>', {}, components)).toBe('<b>1 <i>2</i></b> and <i>3</i>');
  });

  it('never takes what somebody typed for a tag', () => {
    expect(rendered('for <time>{{q}}</time>', { q: '<time>x</time> {{q}}' }, { time })).toBe(
      'for <time class="clock">&lt;time&gt;x&lt;/time&gt; {{q}}</time>',
    );
  });

  it('keeps the text of a tag that nothing is given for', () => expect(rendered('a <b>c</b>', {}, {})).toBe('a c'));
});
