/** Where a trace's time went, in a table: by operation, service, and the kinds of calls. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const KEYS = ['operation', 'service', 'database', 'cache', 'rpc', 'message'];
  const MOST = 500;

  class TraceStatistics extends HTMLElement {
    show({ tree }) {
      if (this.tree !== tree) this.counts = sx.tracestats.counts(tree.nodes);
      this.tree = tree;
      const by = KEYS.includes(sx.state.get('by')) ? sx.state.get('by') : 'operation';
      const column = sx.state.get('sort') || 'self';
      const groups = sx.tracestats.sorted(sx.tracestats.group(tree.nodes, by), column);
      const choices = KEYS.map((value) => ({ value, label: [t('trace.by.' + value), value !== 'operation' && value !== 'service' && h('span', { class: 'cnt' }, sx.format.text(sx.format.count(this.counts[value])))] }));
      const head = h('div', { class: 'ph' }, parts.segments(choices, by, (v) => sx.state.set({ by: v === 'operation' ? '' : v }, true), t('trace.by')));
      head.firstChild.classList.add('s');
      sx.put(this, head, groups.length ? this.table(groups, by, column) : parts.empty(t('trace.by.none.' + (by === 'rpc' || by === 'message' || by === 'cache' ? by : 'database')), t('trace.by.none.hint')));
    }

    table(groups, by, column) {
      const total = this.tree.nodes.reduce((sum, n) => sum + n.self, 0) || 1;
      const num = (value) => h('td', { class: 'num' }, parts.value(value));
      const head = (key, label, type, style) => {
        const on = column === key || column === '-' + key;
        return h('th', { class: type, style, 'aria-sort': on ? (column === key ? 'descending' : 'ascending') : null },
          h('button', { class: 'th', type: 'button', 'data-key': 'sort-' + key, onclick: () => sx.state.set({ sort: sx.tracetable.next(column, key) }) }, label, on && sx.icon(column === key ? 'sort' : 'sortUp', 12)));
      };
      const numbers = [['count', 'trace.calls'], ['errors', 'figure.errors'], ['self', 'trace.self'], ['share', 'trace.share'], ['total', 'trace.total'], ['longest', 'trace.longest']];
      const row = (g) => h('tr', null, h('td', null, parts.service(g.service, g.hue)), by !== 'service' && h('td', { class: by === 'operation' ? 'cut' : 'cut mono', title: g.name }, g.name),
        h('td', { class: 'num' }, sx.format.text(sx.format.count(g.count))), h('td', { class: g.errors ? 'num err b' : 'num' }, sx.format.text(sx.format.count(g.errors))), num(sx.format.nanos(g.self)), num(sx.format.share(g.self / total)), num(sx.format.nanos(g.total)), num(sx.format.nanos(g.longest)));
      return [h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', { style: 'width:' + (by === 'service' ? 'auto' : '180px') }, t('service')), by !== 'service' && head('name', t('trace.by.' + by), ''),
        numbers.map(([key, label]) => (key === 'share' ? h('th', { class: 'num', style: 'width:88px' }, t(label)) : head(key, t(label), 'num', 'width:88px'))))),
        h('tbody', null, groups.slice(0, MOST).map(row))), groups.length > MOST && h('p', { class: 'dim sm', style: 'padding:8px 12px' }, t('trace.by.most', MOST, groups.length))];
    }
  }

  sx.define('sx-trace-statistics', TraceStatistics);
})();
