import type { ParseKeys } from 'i18next';
import type { ReactElement } from 'react';
import { Trans } from 'react-i18next/TransWithoutContext';
import { i18n } from '.';
import type { Namespace } from './namespaces';

interface Props {
  text: ParseKeys<readonly [Namespace, ...Namespace[]]>;
  values?: Record<string, string | number>;
  /** What stands for the tags of the text, by name: `<time>` is `components.time`. */
  components: Record<string, ReactElement>;
}

/** A sentence with elements in it. The sentence stays whole in the files of texts: languages order its parts differently. */
export const Rich = ({ text, values, components }: Props) => (
  <Trans i18n={i18n} i18nKey={text as never} values={values ?? {}} components={components} />
);
