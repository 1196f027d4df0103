/** The queries that ran in this browser, newest first, by language. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const MOST = 20;

  function list(language) {
    try {
      const kept = JSON.parse(localStorage.getItem('sx-history-' + language) || '[]');
      return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string') : [];
    } catch (unreadable) {
      return [];
    }
  }

  sx.history = {
    list,

    add(language, text) {
      if (!text.trim() || text.length > 4000) return;
      const next = [text, ...list(language).filter((other) => other !== text)].slice(0, MOST);
      try {
        localStorage.setItem('sx-history-' + language, JSON.stringify(next));
      } catch (full) {
        sx.notice(sx.t('query.historyFull'), 'warning');
      }
    },
  };
})();
