/** The navigation's own small elements: how many alerts fire, and folding it to a rail. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const EVERY = 15000;

  class Firing extends HTMLElement {
    connectedCallback() {
      this.timer = setInterval(() => this.ask(), EVERY);
      this.ask();
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    async ask() {
      if (document.hidden) return;
      try {
        const { firing } = await sx.api.get('alerts');
        sx.put(this, firing ? h('b', { class: 'n', title: sx.tn('alerts.firing', firing) }, String(firing)) : null);
      } catch (failure) {
        sx.put(this);
      }
    }
  }

  class Collapse extends HTMLElement {
    connectedCallback() {
      const label = t('nav.collapse');
      const button = h('button', { type: 'button', class: 'navb', title: label, 'aria-label': label }, sx.icon('menu'), h('span', null, label));
      button.addEventListener('click', () => {
        const app = this.closest('.app');
        app.classList.toggle('rail');
        document.dispatchEvent(new CustomEvent('sx-theme'));
      });
      sx.put(this, button);
    }
  }

  class Missing extends HTMLElement {
    connectedCallback() {
      sx.put(this, sx.parts.empty(t('missing.title'), t('missing.hint'), h('a', { class: 'btn', href: '/services' }, t('nav.services'))));
    }
  }

  sx.define('sx-firing', Firing);
  sx.define('sx-collapse', Collapse);
  sx.define('sx-missing', Missing);
})();
