/** The fields of the lines shown, each with its most frequent values, to keep or drop. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const ALWAYS = ['level', 'service.name'];
  const MOST = 40;

  class Fields extends HTMLElement {
    connectedCallback() {
      if (this.list) return;
      this.opened = new Set(ALWAYS);
      this.loaded = new Map();
      this.list = h('div', { class: 'fsl' });
      this.find = parts.search(t('logs.findField'), '', (q) => {
        this.q = q.toLowerCase();
        this.draw();
      });
      sx.put(this, this.find, this.list);
    }

    show(lines, query) {
      const counts = new Map();
      this.hues = this.hues || new Map();
      for (const line of lines) {
        this.hues.set(line.service, line.hue);
        for (const a of [...(line.attributes || []), ...(line.resource || [])]) counts.set(a.key, (counts.get(a.key) || 0) + 1);
      }
      this.keys = ALWAYS.concat([...counts.keys()].filter((k) => !ALWAYS.includes(k)).sort((a, b) => counts.get(b) - counts.get(a) || a.localeCompare(b)).slice(0, MOST));
      this.query = query;
      const asked = JSON.stringify(query);
      if (asked !== this.asked) this.loaded.clear();
      this.asked = asked;
      this.draw();
    }

    draw() {
      const shown = this.keys.filter((k) => !this.q || k.toLowerCase().includes(this.q));
      sx.put(this.list, shown.map((k) => this.field(k)));
    }

    field(key) {
      const open = this.opened.has(key);
      const values = this.loaded.get(key);
      if (open && !this.loaded.has(key)) this.load(key);
      const toggle = () => {
        if (!this.opened.delete(key)) this.opened.add(key);
        this.draw();
      };
      return h('div', null, h('button', { class: 'plain fh', type: 'button', 'aria-expanded': String(open), title: key, onclick: toggle }, sx.icon(open ? 'down' : 'right', 12), h('span', { class: 'cut b' }, key), h('span', { class: 'sp' }), values && h('span', { class: 'dim' }, String(values.length))),
        open && values && (values.length ? this.values(key, values) : h('p', { class: 'dim', style: 'padding-left:20px' }, t('logs.noValues'))));
    }

    values(key, values) {
      const sum = values.reduce((all, v) => all + v.lines, 0) || 1;
      const button = (icon, label, keep, value) => h('button', { class: 'btn ghost s sq pm', type: 'button', title: t(label, value), 'aria-label': t(label, value), onclick: () => sx.logs.filter(key, value, keep) }, sx.icon(icon, 12));
      return values.map((v) => h('div', { class: 'fv' }, h('span', { class: 'fb', style: 'width:' + Math.round((v.lines / sum) * 100) + '%' }),
        key === 'service.name' ? h('span', { class: 'svc', title: v.value }, parts.chip(v.value, this.hues.get(v.value)), h('span', { class: 'cut' }, v.value)) : h('span', { class: 'cut', title: v.value }, key === 'level' ? t('logs.level.' + v.value) : v.value),
        h('span', { class: 'sp' }), h('span', { class: 'num3' }, Math.round((v.lines / sum) * 100) + ' %'), button('plus', 'logs.only', true, v.value), button('minus', 'logs.not', false, v.value)));
    }

    async load(key) {
      const { order, traceId, spanId, ...filters } = this.query;
      const asked = this.asked;
      this.loaded.set(key, null);
      const values = sx.api.get('logs/values/' + encodeURIComponent(key), { ...filters, limit: 10 }).catch(() => ({ values: [] }));
      const [found, hues] = await Promise.all([values, key === 'service.name' ? sx.hues() : new Map()]);
      if (asked !== this.asked) return;
      for (const [service, hue] of hues) this.hues.set(service, hue);
      this.loaded.set(key, found.values);
      this.draw();
    }
  }

  sx.define('sx-fields', Fields);
})();
