import { createElement, Fragment, type ReactElement } from 'react';
import { dictionary, type Key } from '.';
import type { Params } from './dictionary';
import { withElements } from './with-elements';

interface Props {
  text: Key;
  /** `count` picks the plural form. */
  values?: Params;
  /** What stands for the tags of the text, by name: `<time>` is `components.time`. */
  components: Record<string, ReactElement>;
}

/** A sentence with elements in it. The sentence stays whole in the files of texts: languages order its parts differently. */
export const Rich = ({ text, values = {}, components }: Props) =>
  createElement(Fragment, null, ...withElements(dictionary.raw(text, values.count) ?? text, values, components));
