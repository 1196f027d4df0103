/** The range of time: relative and absolute, recent ones, earlier, later, wider. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const RELATIVE = ['5m', '15m', '30m', '1h', '3h', '6h', '12h', '24h', '2d', '7d', '30d'];
  const RECENT = 'sextant.ranges';

  function recent() {
    try {
      const kept = JSON.parse(localStorage.getItem(RECENT) || '[]');
      return Array.isArray(kept) ? kept.filter((r) => r.from < r.to).slice(0, 4) : [];
    } catch (broken) {
      return [];
    }
  }

  function remember(range) {
    try {
      localStorage.setItem(RECENT, JSON.stringify([range, ...recent()].slice(0, 4)));
    } catch (blocked) {
      sx.notice(t('range.notKept'));
    }
  }

  function nameOf(relative) {
    const match = /^(\d+)(s|m|h|d|w)$/.exec(relative);
    return match ? t('range.last.' + match[2] + (match[1] === '1' ? '.one' : '.many'), match[1]) : relative;
  }

  function nameOfAbsolute({ from, to }) {
    const sameDay = sx.time.date(from) === sx.time.date(to);
    return sx.time.full(from).slice(0, 16) + ' – ' + (sameDay ? sx.time.clock(to).slice(0, 5) : sx.time.full(to).slice(0, 16));
  }

  class Range extends HTMLElement {
    connectedCallback() {
      this.className = 'grp';
      this.setAttribute('role', 'group');
      this.setAttribute('aria-label', t('range.title'));
      this.stop = sx.state.on(() => this.show());
      const move = (label, icon, change) =>
        h('button', { class: 'btn sq', type: 'button', title: label, 'aria-label': label, onclick: () => this.jump(change(sx.state.range(), Date.now())) }, sx.icon(icon));
      this.button = h('button', { class: 'sel', type: 'button', id: 'sx-range', 'aria-haspopup': 'dialog', onclick: () => sx.popup.show(this.button, this.panel()) });
      sx.put(
        this,
        move(t('range.earlier'), 'left', (r) => sx.time.shift(r, -1, Date.now())),
        this.button,
        move(t('range.later'), 'right', (r, now) => sx.time.shift(r, 1, now)),
        move(t('range.wider'), 'zoomOut', (r, now) => sx.time.zoomOut(r, now)),
      );
      this.show();
    }

    disconnectedCallback() {
      this.stop();
    }

    jump(range) {
      sx.state.setRange(String(range.from), String(range.to));
    }

    show() {
      const range = sx.state.range();
      const hint = sx.time.tick(range.from, range.to - range.from) + ' – ' + sx.time.tick(range.to, range.to - range.from);
      sx.put(
        this.button,
        sx.icon('clock'),
        h('span', { class: 'cut' }, range.relative ? nameOf(range.relative) : nameOfAbsolute(range)),
        range.relative && h('span', { class: 'dim hs' }, hint),
        sx.icon('down', 12),
      );
    }

    panel() {
      const range = sx.state.range();
      const choose = (from) => {
        sx.popup.close(true);
        sx.state.setRange('now-' + from, 'now');
      };
      const list = h('div', { class: 'menu', role: 'group' }, RELATIVE.map((r) =>
        h('button', { type: 'button', class: r === range.relative ? 'on' : '', 'aria-checked': String(r === range.relative), 'data-range': r, onclick: () => choose(r) }, nameOf(r))));
      return h('div', { class: 'ranges', role: 'dialog', 'aria-label': t('range.title') }, this.absolute(range), list);
    }

    absolute(range) {
      const from = h('input', { class: 'field mono', id: 'sx-from', value: sx.time.full(range.from), maxlength: 40, spellcheck: 'false' });
      const to = h('input', { class: 'field mono', id: 'sx-to', value: range.relative ? 'now' : sx.time.full(range.to), maxlength: 40, spellcheck: 'false' });
      const problem = h('p', { class: 'err sm', role: 'alert' });
      const apply = (e) => {
        e.preventDefault();
        const now = Date.now();
        const a = sx.time.instant(from.value, now);
        const b = sx.time.instant(to.value, now);
        if (!(a < b)) {
          problem.textContent = Number.isNaN(a) || Number.isNaN(b) ? t('range.unreadable') : t('range.backwards');
          return;
        }
        sx.popup.close(true);
        const relative = from.value.trim().startsWith('now-') && to.value.trim() === 'now';
        if (relative) sx.state.setRange(from.value.trim(), 'now');
        else {
          remember({ from: a, to: b });
          this.jump({ from: a, to: b });
        }
      };
      const old = recent();
      return h(
        'form',
        { class: 'absolute', onsubmit: apply },
        h('label', { for: 'sx-from' }, t('range.from')), from,
        h('label', { for: 'sx-to' }, t('range.to')), to,
        problem,
        h('button', { class: 'btn pri' }, t('action.apply')),
        old.length > 0 && h('h3', null, t('range.recent')),
        old.map((r) => h('button', { class: 'plain', type: 'button', onclick: () => {
          sx.popup.close(true);
          this.jump(r);
        } }, nameOfAbsolute(r))),
        h('p', { class: 'dim xs' }, t('range.zone', sx.time.zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone)),
      );
    }
  }

  sx.define('sx-range', Range);
})();
