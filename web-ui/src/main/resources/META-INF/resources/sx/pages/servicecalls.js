/** What a service calls: databases by statement, caches, RPC, HTTP and messages, most time first. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const COLUMNS = ['count', 'errors', 'totalNanos', 'share', 'p95Nanos', 'longestNanos'];
  const LABELS = { count: 'trace.calls', errors: 'figure.errors', totalNanos: 'trace.total', share: 'trace.share', p95Nanos: '', longestNanos: 'trace.longest' };

  class ServiceCalls extends sx.Page {
    build() {
      this.path = h('sx-service-path');
      this.path.service = this.service;
      this.list = h('div', { class: 'col', style: 'gap:8px' });
      sx.put(this, this.path, this.list);
    }

    body() {
      return this.list;
    }

    fetch(signal) {
      return sx.api.get('services/' + encodeURIComponent(this.service.name) + '/calls', { ...sx.api.between(sx.state.range()), operation: sx.state.get('operation') }, signal);
    }

    addressChanged(keys) {
      if (sx.state.get('tab') !== 'calls') return;
      if (this.data && keys.every((k) => k === 'kind' || k === 'sort')) this.show(this.data);
      else this.reload();
    }

    show(found) {
      const counts = sx.service.counts(found.calls);
      const kind = sx.service.KINDS.includes(sx.state.get('kind')) ? sx.state.get('kind') : '';
      const column = sx.state.get('sort') || 'totalNanos';
      const rows = sort(found.calls.filter((c) => !kind || c.kind === kind), column);
      const all = found.calls.reduce((sum, c) => sum + c.totalNanos, 0) + (found.other ? found.other.totalNanos : 0);
      const choices = ['', ...sx.service.KINDS].map((value) => ({ value, label: [t(value ? 'service.calls.' + value : 'service.calls.all'), h('span', { class: 'cnt' }, String(counts[value]))] }));
      const kinds = parts.segments(choices, kind, (v) => sx.state.set({ kind: v }, true), t('service.calls.kind'));
      kinds.classList.add('s');
      const head = h('div', { class: 'ph' }, kinds, h('span', { class: 'sp' }), this.operation());
      sx.put(this.list, h('section', { class: 'panel', style: 'overflow:hidden' }, head, rows.length ? this.table(rows, column, all || 1) : parts.empty(t('service.calls.none'), t('trace.by.none.hint')),
        found.other && !kind && h('p', { class: 'mute sm pad' }, t('service.calls.other', sx.format.text(sx.format.count(found.other.count)), sx.format.text(sx.format.nanos(found.other.totalNanos))))), foot(found));
    }

    /** The operation that made the calls, to be chosen. */
    operation() {
      const chosen = sx.state.get('operation');
      const button = h('button', { class: 'sel s', type: 'button', 'aria-haspopup': 'menu', style: 'max-width:360px;min-width:0;flex:0 1 auto' }, h('span', { class: 'cut', title: chosen }, chosen ? t('service.calls.during', chosen) : t('service.calls.anyOperation')), sx.icon('down', 12));
      const choices = [{ value: '', label: t('service.calls.anyOperation') }, ...(this.service.operations || []).slice(0, 50).map((o) => ({ value: o.name, label: o.name }))];
      button.addEventListener('click', () => sx.popup.menu(button, choices, chosen, (v) => sx.state.set({ operation: v }, true)));
      return button;
    }

    table(rows, column, all) {
      const head = (key) => {
        const on = column === key || column === '-' + key;
        const label = LABELS[key] ? t(LABELS[key]) : 'p95';
        if (key === 'share') return h('th', { class: 'num', style: 'width:80px' }, label);
        return h('th', { class: 'num', style: 'width:80px', 'aria-sort': on ? (column === key ? 'descending' : 'ascending') : null },
          h('button', { class: 'th', type: 'button', 'data-key': 'sort-' + key, onclick: () => sx.state.set({ sort: column === key ? '-' + key : key }) }, label, on && sx.icon(column === key ? 'sort' : 'sortUp', 12)));
      };
      const num = (value, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(value));
      const row = (c) => h('tr', { 'data-call': c.name }, h('td', null, h('span', { class: 'tag' }, t('service.calls.' + c.kind))), h('td', { class: 'mute cut', title: c.system }, c.system || '—'),
        h('td', { class: 'mono cut' }, h('a', { class: 'link', title: c.name, href: sx.state.link('traces', { q: sx.service.query(this.service.name, c.shared) }) }, c.name || '—')),
        num(sx.format.count(c.count)), num(sx.format.count(c.errors), c.errors > 0), num(sx.format.nanos(c.totalNanos)), num(sx.format.share(c.totalNanos / all)), num(sx.format.nanos(c.p95Nanos)),
        h('td', { class: 'num' }, c.slowest ? h('a', { class: 'link', title: t('service.calls.slowest'), href: sx.state.link('trace/' + c.slowest.traceId, { span: c.slowest.spanId }) }, parts.value(sx.format.nanos(c.longestNanos))) : parts.value(sx.format.nanos(c.longestNanos))));
      return h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', { style: 'width:112px' }, t('service.kind')), h('th', { style: 'width:104px' }, t('service.calls.system')), h('th', null, t('service.calls.name')), COLUMNS.map(head))), h('tbody', null, rows.map(row)));
    }
  }

  function sort(calls, column) {
    const back = column.startsWith('-');
    const key = COLUMNS.includes(back ? column.slice(1) : column) ? column.replace('-', '') : 'totalNanos';
    return calls.slice().sort((a, b) => (back ? a[key] - b[key] : b[key] - a[key]));
  }

  /** How much was read for an answer, and whether something is missing. */
  function foot(found) {
    return h('div', { class: 'row foot' }, found.complete === false && h('span', { class: 'row warn sm' }, sx.sign('warning', 12), t('service.incomplete')),
      parts.cost(sx.tn('service.spansRead', found.spansRead || 0), found.cost));
  }

  parts.spansRead = foot;
  sx.define('sx-service-calls', ServiceCalls);
})();
