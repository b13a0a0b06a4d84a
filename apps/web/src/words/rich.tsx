import type { ParseKeys } from 'i18next';
import { createElement, Fragment, type ReactElement } from 'react';
import { t } from '.';
import type { Namespace } from './namespaces';
import { withElements } from './with-elements';

interface Props {
  text: ParseKeys<readonly [Namespace, ...Namespace[]]>;
  /** `count` picks the plural form. */
  values?: Record<string, string | number>;
  /** What stands for the tags of the text, by name: `<time>` is `components.time`. */
  components: Record<string, ReactElement>;
}

/** Any key with any values: which ones belong together is known where it is used. */
const raw = t as unknown as (key: string, options: object) => string;

/** A sentence with elements in it. The sentence stays whole in the files of texts: languages order its parts differently. */
export const Rich = ({ text, values = {}, components }: Props) =>
  createElement(Fragment, null, ...withElements(raw(text, { ...values, skipInterpolation: true }), values, components));
