import { useState } from 'react';
import { chooseLanguage } from '../words/load-words';
import { languageNamed, LANGUAGES, type LanguageTag } from '../words/languages';
import { i18n, t } from '../words';

/**
 * A native choice: every phone and screen reader knows it, and each language stands there by its own name. It lies unseen
 * over the name of the language, which is short where the header is narrow.
 */
export const LanguageMenu = () => {
  const [failed, setFailed] = useState(false);
  const choose = (tag: LanguageTag) =>
    void chooseLanguage(tag).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  const now = languageNamed(i18n.language);
  return (
    <>
      <span className="language">
        <span className="language-name" aria-hidden="true">
          {now?.name}
        </span>
        <span className="language-short" aria-hidden="true">
          {now?.short}
        </span>
        <select
          className="language-menu"
          aria-label={t('shell:language')}
          value={i18n.language}
          onChange={({ target }) => choose(target.value as LanguageTag)}
        >
          {LANGUAGES.map(({ tag, name }) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </span>
      {failed && <span role="alert">{t('shell:unreachable')}</span>}
    </>
  );
};

/** Says so where the chosen language is not the one most texts are in. */
export const LanguageNote = () => {
  const language = languageNamed(i18n.language);
  if (!language || language.complete) return null;
  const fallback = languageNamed(language.fallback)?.name ?? language.fallback;
  return (
    <p className="notice language-note small" role="note">
      {t('shell:notComplete', { language: language.name, fallback })}
    </p>
  );
};
