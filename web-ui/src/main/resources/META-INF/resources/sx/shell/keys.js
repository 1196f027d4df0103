/** Keys that work on every page, those a page adds, and the list of both. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const GO = { s: 'services', t: 'topology', r: 'traces', l: 'logs', m: 'metrics', a: 'alerts' };
  const ALWAYS = [
    ['?', 'keys.help'], ['/', 'keys.focus'], ['g s', 'nav.services'], ['g t', 'nav.topology'], ['g r', 'nav.traces'],
    ['g l', 'nav.logs'], ['g m', 'nav.metrics'], ['g a', 'nav.alerts'], ['r', 'refresh.now'], ['Esc', 'keys.close'],
  ];
  let waitingForPage = 0;
  let own = [];

  function typing(target) {
    return target instanceof Element && target.closest('input, textarea, select, [contenteditable=true]');
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      const dialog = document.querySelector('dialog[open]');
      if (!dialog) own.filter((k) => k.key === 'Escape').forEach((k) => k.act(event));
      return;
    }
    if (typing(event.target)) return;
    if (Date.now() - waitingForPage < 1500 && GO[event.key]) {
      waitingForPage = 0;
      event.preventDefault();
      sx.state.go(sx.state.link(GO[event.key]));
      return;
    }
    waitingForPage = 0;
    if (event.key === 'g') waitingForPage = Date.now();
    else if (event.key === '?') sx.keys.help();
    else if (event.key === '/') focusQuery(event);
    else if (event.key === 'r') sx.state.tick();
    else {
      const found = own.find((k) => k.key === event.key);
      if (found) {
        event.preventDefault();
        found.act(event);
      }
    }
  }

  function focusQuery(event) {
    const box = document.querySelector('[data-query]') || document.getElementById('sx-search');
    if (!box) return;
    event.preventDefault();
    box.focus();
  }

  function row([keys, text]) {
    return h('div', { class: 'keyrow' }, h('span', null, keys.split(' ').map((k) => h('kbd', null, k))), h('span', null, t(text)));
  }

  class Keys extends HTMLElement {
    connectedCallback() {
      document.addEventListener('keydown', pressed);
    }

    disconnectedCallback() {
      document.removeEventListener('keydown', pressed);
    }
  }

  sx.keys = {
    /** Adds a page's keys, [{key, text, act}]; answers how to remove them. Without a text a key is not listed. */
    add(keys) {
      own = own.concat(keys);
      return () => (own = own.filter((k) => !keys.includes(k)));
    },

    help() {
      const dialog = h('dialog', { class: 'pop keys', 'aria-label': t('keys.title') });
      const listed = own.filter((k) => k.text).map((k) => [k.key, k.text]);
      sx.put(
        dialog,
        h('div', { class: 'ph' }, h('h2', null, t('keys.title')), h('span', { class: 'sp' }),
          h('button', { class: 'btn ghost s sq', 'aria-label': t('action.close'), onclick: () => dialog.close() }, sx.icon('close'))),
        h('div', { class: 'keylist' }, h('div', null, h('h3', null, t('keys.everywhere')), ALWAYS.map(row)),
          listed.length > 0 && h('div', null, h('h3', null, t('keys.page')), listed.map(row))),
      );
      dialog.addEventListener('close', () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    },
  };

  sx.define('sx-keys', Keys);
})();
