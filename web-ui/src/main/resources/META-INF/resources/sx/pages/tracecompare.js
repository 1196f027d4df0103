/** What is different about the traces that a rectangle chose: the values their spans have more often than the others'. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const MOST = 12;

  class TraceCompare extends HTMLElement {
    connectedCallback() {
      this.className = 'panel tcompare';
    }

    disconnectedCallback() {
      if (this.running) this.running.abort();
    }

    /** Compares within the query's range the traces within its bounds with those outside. */
    async show(query) {
      const asked = { ...query, q: sx.spanset.unbounded(query.q), selection: sx.spanset.bounds(query.q), limit: MOST };
      const key = JSON.stringify(asked);
      if (this.key === key) return;
      this.key = key;
      if (this.running) this.running.abort();
      const running = (this.running = new AbortController());
      if (!this.firstChild) sx.put(this, this.head(null), h('div', { class: 'pad' }, parts.skeleton(4)));
      this.classList.add('stale');
      try {
        const found = await sx.api.get('spans/compare', asked, running.signal);
        if (this.running === running) this.draw(found);
      } catch (failure) {
        if (failure.name === 'AbortError' || this.running !== running) return;
        this.key = null;
        sx.put(this, this.head(null), h('p', { class: 'pad mute sm any', role: 'alert' }, failure.message));
      } finally {
        if (this.running === running) this.classList.remove('stale');
      }
    }

    head(found) {
      const count = (kind, n) => h('span', { class: 'row gap4 sm mute nw', title: t('traces.compare.' + kind) }, h('i', { class: 'csw ' + kind }), sx.format.text(sx.format.count(n)));
      return h('div', { class: 'ph' }, h('h2', { class: 'cut' }, t('traces.compare')), h('span', { class: 'sp' }), found && found.incomplete && h('span', { class: 'warn', title: found.incomplete }, sx.sign('warning', 12)),
        found && [count('selected', found.selected), count('others', found.others)], h('button', { class: 'btn ghost s sq', type: 'button', title: t('action.close'), 'aria-label': t('action.close'), onclick: () => sx.state.set({ compare: '0' }) }, sx.icon('close')));
    }

    draw(found) {
      const none = !found.others ? 'traces.compare.noOthers' : 'traces.compare.same';
      sx.put(this, this.head(found), found.fields.length && found.others ? h('ul', { class: 'cmpl' }, found.fields.map((f) => this.row(f))) : h('p', { class: 'pad mute sm' }, t(none)));
    }

    row(f) {
      const share = (part, whole) => (whole ? part / whole : 0);
      const mine = share(f.selected, f.selectedOf);
      const theirs = share(f.others, f.othersOf);
      const filters = sx.spanset.read(sx.state.get('q'));
      const literal = f.isText ? sx.traceql.quote(f.value) : f.value;
      const add = (icon, op, label) => h('button', { class: 'btn ghost s sq pm', type: 'button', title: t(label), 'aria-label': t(label) + ' ' + f.field + ' ' + f.value,
        onclick: () => sx.state.set({ q: sx.spanset.write({ ...filters, rest: [...filters.rest, f.field + ' ' + op + ' ' + literal] }) }, true) }, sx.icon(icon, 12));
      const percent = (x) => sx.format.text({ value: x > 0 && x < 0.005 ? '<1' : String(Math.round(x * 100)), unit: '%' });
      return h('li', null, h('div', { class: 'row gap4' }, h('span', { class: 'cut mute sm', title: f.field }, f.field.replace(/^span\./, '')), h('span', { class: 'sp' }), filters && [add('plus', '=', 'traces.compare.only'), add('minus', '!=', 'traces.compare.not')]),
        h('div', { class: 'row' }, h('span', { class: 'cut mono cv', title: f.value }, f.value), h('span', { class: 'cbars', 'aria-hidden': 'true' }, h('i', { class: 'selected', style: 'width:' + mine * 100 + '%' }), h('i', { class: 'others', style: 'width:' + theirs * 100 + '%' })),
          h('span', { class: 'cshare', title: f.selected + ' / ' + f.selectedOf + ' · ' + f.others + ' / ' + f.othersOf }, h('b', null, percent(mine)), h('span', { class: 'dim xs' }, percent(theirs)))));
    }
  }

  sx.define('sx-trace-compare', TraceCompare);
})();
