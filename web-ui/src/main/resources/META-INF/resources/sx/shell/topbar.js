/** The bar above every page: search, range of time, refresh, colours, language, keys, and who is logged in. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const THEMES = ['system', 'light', 'dark'];

  function cookie(name, value) {
    document.cookie = name + '=' + value + ';path=/;max-age=31536000;samesite=strict';
  }

  function themeNow() {
    const root = document.documentElement.classList;
    return root.contains('dark') ? 'dark' : root.contains('light') ? 'light' : 'system';
  }

  /** Sets light, dark or system, keeps it, and tells what is drawn by hand. */
  sx.setTheme = function (theme) {
    const root = document.documentElement;
    root.classList.remove('light', 'dark');
    if (theme !== 'system') root.classList.add(theme);
    cookie('sextant_theme', theme);
    document.dispatchEvent(new CustomEvent('sx-theme'));
  };

  sx.setLanguage = function (language) {
    cookie('sextant_language', language);
    location.reload();
  };

  sx.setZone = function (zone) {
    cookie('sextant_zone', zone);
    location.reload();
  };

  class TopBar extends HTMLElement {
    connectedCallback() {
      this.className = 'top';
      this.setAttribute('role', 'banner');
      this.stop = sx.state.on(() => this.refreshLabel());
      sx.put(this, this.searchBox(), h('span', { class: 'sp' }), h('sx-range'), this.refreshGroup(), this.tools());
      this.refreshLabel();
    }

    disconnectedCallback() {
      this.stop();
    }

    searchBox() {
      const input = h('input', {
        type: 'search', id: 'sx-search', placeholder: t('search.placeholder'), 'aria-label': t('search.placeholder'),
        autocomplete: 'off', spellcheck: 'false', maxlength: 512,
      });
      input.addEventListener('keydown', (e) => {
        if (e.key === 'Enter' && input.value.trim()) this.search(input);
        if (e.key === 'Escape') input.blur();
      });
      input.addEventListener('paste', (e) => {
        const id = sx.address.traceId((e.clipboardData && e.clipboardData.getData('text')) || '');
        if (!id) return;
        e.preventDefault();
        sx.state.go(sx.state.link('trace/' + id));
      });
      return h('label', { class: 'inp search' }, sx.icon('search'), input, h('kbd', null, '/'));
    }

    async search(input) {
      const text = input.value.trim();
      const id = sx.address.traceId(text);
      input.value = '';
      input.blur();
      if (id) {
        sx.state.go(sx.state.link('trace/' + id));
        return;
      }
      const field = /^([\w.]+)=(.+)$/.exec(text);
      if (field) {
        sx.state.go(sx.state.link('traces', { attribute: text }));
        return;
      }
      const found = await sx.api.get('services', sx.api.between(sx.state.range())).catch(() => ({ services: [] }));
      const service = found.services.find((s) => s.name.toLowerCase() === text.toLowerCase());
      if (service) sx.state.go(sx.state.link('services/' + encodeURIComponent(service.name)));
      else if (found.services.some((s) => s.name.toLowerCase().includes(text.toLowerCase()))) sx.state.go(sx.state.link('services', { q: text }));
      else sx.state.go(sx.state.link('logs', { text }));
    }

    refreshGroup() {
      this.every = h('button', { class: 'sel', type: 'button', 'aria-haspopup': 'menu', title: t('refresh.every') });
      this.every.addEventListener('click', () => this.refreshMenu());
      return h(
        'div',
        { class: 'grp' },
        h('button', { class: 'btn sq', type: 'button', title: t('refresh.now'), 'aria-label': t('refresh.now'), onclick: () => sx.state.tick() }, sx.icon('refresh')),
        this.every,
      );
    }

    refreshMenu() {
      const choices = [0, 5, 10, 30, 60, 300].map((s) => ({ value: s, label: s ? sx.time.length(s * 1000) : t('refresh.off') }));
      sx.popup.menu(this.every, choices, sx.state.refresh(), (s) => sx.state.set({ refresh: s === 10 ? '' : s || 'off' }));
    }

    refreshLabel() {
      const seconds = sx.state.refresh();
      sx.put(this.every, seconds ? sx.time.length(seconds * 1000) : t('refresh.off'), sx.icon('down', 12));
    }

    tools() {
      const theme = h('button', { class: 'btn ghost sq hs', type: 'button', 'aria-haspopup': 'menu' });
      const icon = () => {
        sx.put(theme, sx.icon({ system: 'screen', light: 'sun', dark: 'moon' }[themeNow()]));
        theme.title = t('theme') + ': ' + t('theme.' + themeNow());
        theme.setAttribute('aria-label', theme.title);
      };
      icon();
      theme.addEventListener('click', () =>
        sx.popup.menu(theme, THEMES.map((v) => ({ value: v, label: t('theme.' + v) })), themeNow(), (v) => {
          sx.setTheme(v);
          icon();
        }),
      );
      const language = h('button', { class: 'btn ghost sq hs', type: 'button', id: 'sx-language', title: t('language'), 'aria-haspopup': 'menu' }, sx.language === 'zh' ? '中' : 'EN');
      language.addEventListener('click', () =>
        sx.popup.menu(language, [{ value: 'en', label: 'English' }, { value: 'zh', label: '简体中文' }], sx.language, sx.setLanguage),
      );
      const help = h('button', { class: 'btn ghost sq', type: 'button', title: t('keys.title'), 'aria-label': t('keys.title'), onclick: () => sx.keys.help() }, sx.icon('help'));
      return [theme, language, help, h('sx-user')];
    }
  }

  /** Who is logged in, with the way out; nothing where no login is needed. */
  class User extends HTMLElement {
    async connectedCallback() {
      const response = await fetch('/session', { credentials: 'same-origin' }).catch(() => null);
      if (!response || !response.ok) return;
      const session = await response.json();
      if (!session.loginNeeded) return;
      const out = h('form', { method: 'post', action: '/logout' }, h('button', { class: 'btn ghost sq', title: t('logout') + ' ' + session.name, 'aria-label': t('logout') }, sx.icon('exit')));
      sx.put(this, out);
    }
  }

  sx.theme = themeNow;
  sx.define('sx-topbar', TopBar);
  sx.define('sx-user', User);
})();
