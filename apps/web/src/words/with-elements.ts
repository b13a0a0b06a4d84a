import { cloneElement, type ReactElement, type ReactNode } from 'react';
import type { Params } from './dictionary';

const ELEMENT = /<(\w+)>(.*?)<\/\1>/s;
const PARAMETER = /\{\{(\w+)\}\}/g;

/**
 * The parts of a text with tags and parameters. Tags are found before the parameters are filled in: what a person typed
 * is never read as a tag.
 * @param components what stands for a tag, by its name; a tag that is not among them leaves its text
 */
export const withElements = (text: string, values: Params, components: Readonly<Record<string, ReactElement>>): ReactNode[] => {
  const filled = (part: string): string => part.replace(PARAMETER, (_, name: string) => String(values[name] ?? ''));
  const found = ELEMENT.exec(text);
  if (!found) return text === '' ? [] : [filled(text)];
  const [whole, name = '', inner = ''] = found;
  const within = withElements(inner, values, components);
  const component = components[name];
  return [
    filled(text.slice(0, found.index)),
    ...(component ? [cloneElement(component, {}, ...within)] : within),
    ...withElements(text.slice(found.index + whole.length), values, components),
  ];
};
