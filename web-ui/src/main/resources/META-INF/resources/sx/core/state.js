/**
 * The page's state, which is its address. Changes of the query alone stay in the browser: this script is loaded before
 * the router, sees going back first and keeps it from the router while the path stays the same.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const GLOBAL = ['from', 'to', 'refresh'];
  const listeners = new Set();
  let path = location.pathname;
  let search = location.search;
  let timer = 0;

  const parameters = () => sx.address.parse(location.search);

  function changed(keys) {
    search = location.search;
    follow();
    schedule();
    for (const listener of [...listeners]) listener(keys);
  }

  /** Links of the navigation keep the range. */
  function follow() {
    const query = sx.address.format(state.kept());
    for (const link of document.querySelectorAll('.nav a, .brand')) {
      const plain = link.getAttribute('href');
      if (plain) link.setAttribute('href', plain.split('?')[0] + query);
    }
  }

  function schedule() {
    clearInterval(timer);
    const seconds = state.refresh();
    if (seconds) timer = setInterval(() => document.hidden || changed(['tick']), seconds * 1000);
  }

  const state = (sx.state = {
    /** The first value of a parameter; empty where there is none. */
    get(key) {
      return (parameters()[key] || [''])[0];
    },

    /** All values of a parameter. */
    all(key) {
      return parameters()[key] || [];
    },

    /** The parameters every page has. */
    kept() {
      const now = parameters();
      return Object.fromEntries(GLOBAL.filter((k) => now[k]).map((k) => [k, now[k]]));
    },

    /** Changes parameters; push makes a step for going back, else the current one is rewritten. */
    set(changes, push) {
      const next = { ...parameters(), ...changes };
      const search = sx.address.format(next);
      if (search === location.search) return;
      history[push ? 'pushState' : 'replaceState']({ ...history.state }, '', location.pathname + search);
      changed(Object.keys(changes));
    },

    /** The range shown, as of now. */
    range() {
      return sx.time.range(state.get('from'), state.get('to'), Date.now());
    },

    setRange(from, to) {
      state.set(from === 'now-1h' ? { from: '', to: '' } : { from, to: to === 'now' ? '' : to }, true);
    },

    /** Seconds between refreshes; 0 for none. */
    refresh() {
      const given = state.get('refresh');
      const seconds = given === 'off' ? 0 : Number(given || 10);
      return seconds >= 1 && state.range().relative ? seconds : 0;
    },

    /** Calls back with the keys that changed, 'tick' for a refresh; answers how to stop. */
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    tick() {
      changed(['tick']);
    },

    /** The address of a page with the range kept. */
    link(page, extra) {
      return '/' + page + sx.address.format({ ...state.kept(), ...extra });
    },

    /** Goes to a page the way a click on a link does. */
    go(address) {
      const link = sx.h('a', { href: address, hidden: true });
      document.body.append(link);
      link.click();
      link.remove();
    },

    follow,
  });

  window.addEventListener('popstate', (event) => {
    const same = location.pathname === path;
    path = location.pathname;
    if (same) {
      event.stopImmediatePropagation();
      changed(['address']);
    }
  });
  window.addEventListener('vaadin-navigated', () => {
    const moved = location.pathname !== path || location.search !== search;
    path = location.pathname;
    if (moved) changed(['address']);
    else for (const listener of [...listeners]) listener(['arrived']);
  });
  schedule();
})();
