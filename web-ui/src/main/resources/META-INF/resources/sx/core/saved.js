/** Searches that were given a name in this browser, by language, in order of their names. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const MOST = 200;
  const LONGEST = 20000;

  function list(language) {
    try {
      const kept = JSON.parse(localStorage.getItem('sx-saved-' + language) || '[]');
      return Array.isArray(kept) ? kept.filter((s) => s && typeof s.name === 'string' && typeof s.text === 'string') : [];
    } catch (unreadable) {
      return [];
    }
  }

  function keep(language, all) {
    try {
      localStorage.setItem('sx-saved-' + language, JSON.stringify(all.sort((a, b) => a.name.localeCompare(b.name))));
      return true;
    } catch (full) {
      sx.notice(sx.t('query.savedFull'), 'warning');
      return false;
    }
  }

  sx.saved = {
    list,

    /** Keeps a text under a name, in place of what had it; answers whether it is kept. */
    put(language, name, text) {
      const others = list(language).filter((s) => s.name !== name);
      if (others.length >= MOST || text.length > LONGEST) {
        sx.notice(sx.t('query.savedMost', MOST), 'warning');
        return false;
      }
      return keep(language, [...others, { name, text }]);
    },

    /** Gives a search another name, which no other has; answers whether it did. */
    rename(language, name, next) {
      const all = list(language);
      if (name === next || all.some((s) => s.name === next)) return false;
      return keep(language, all.map((s) => (s.name === name ? { ...s, name: next } : s)));
    },

    remove(language, name) {
      return keep(language, list(language).filter((s) => s.name !== name));
    },
  };
})();
