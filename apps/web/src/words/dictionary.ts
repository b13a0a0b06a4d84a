/** Texts of one file: a text, or texts under a key. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

export interface Params {
  readonly [name: string]: string | number | undefined;
  /** Picks the plural form. */
  readonly count?: number;
}

const PARAMETER = /\{\{(\w+)\}\}/g;

/**
 * The texts that are loaded, and the language that is spoken. i18next does the same and much more, for 15 of the 125 kB that a
 * public page may be: see ADR 20. Its files and keys are kept: `namespace:key.of.text`, `{{parameter}}`, `key_one`.
 */
export class Dictionary {
  private readonly texts = new Map<string, Texts>();
  private readonly plurals = new Map<string, Intl.PluralRules>();
  private readonly listeners = new Set<() => void>();
  private spoken: string;

  /** @param fallbacks languages to look in after the spoken one, by its tag */
  constructor(
    private readonly source: string,
    private readonly fallbacks: Readonly<Record<string, readonly string[]>> = {},
  ) {
    this.spoken = source;
  }

  get language(): string {
    return this.spoken;
  }

  speak(language: string): void {
    this.spoken = language;
    for (const listener of this.listeners) listener();
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(language: string, namespace: string, texts: Texts): void {
    this.texts.set(`${language} ${namespace}`, texts);
  }

  has(language: string, namespace: string): boolean {
    return this.texts.has(`${language} ${namespace}`);
  }

  exists(key: string): boolean {
    return this.raw(key) !== undefined;
  }

  /** With its parameters filled in. @returns the key where there is no such text */
  text(key: string, params: Params = {}): string {
    return (this.raw(key, params.count) ?? key).replace(PARAMETER, (_, name: string) => String(params[name] ?? ''));
  }

  /** As it stands in its file. */
  raw(key: string, count?: number): string | undefined {
    const [namespace = '', path = ''] = key.split(':');
    for (const language of [this.spoken, ...(this.fallbacks[this.spoken] ?? []), this.source]) {
      const form = count === undefined ? undefined : this.at(language, namespace, `${path}_${this.formOf(language, count)}`);
      const found = form ?? this.at(language, namespace, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private at(language: string, namespace: string, path: string): string | undefined {
    let found: string | Texts | undefined = this.texts.get(`${language} ${namespace}`);
    for (const part of path.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    return typeof found === 'string' ? found : undefined;
  }

  private formOf(language: string, count: number): Intl.LDMLPluralRule {
    const rules = this.plurals.get(language) ?? new Intl.PluralRules(language);
    this.plurals.set(language, rules);
    return rules.select(count);
  }
}
