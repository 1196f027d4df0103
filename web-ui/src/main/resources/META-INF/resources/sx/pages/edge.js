/** The panel beside the graph: one edge's figures, what they were, and where to look on. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const BAD = 0.02;

  class Edge extends HTMLElement {
    show(edge, shown, data) {
      const end = (id) => shown.nodes.find((n) => n.id === id) || { id, name: id, kind: 'external' };
      const [from, to] = [end(edge.from), end(edge.to)];
      const close = () => this.dispatchEvent(new CustomEvent('sx-close'));
      sx.put(this,
        h('div', { class: 'ph' }, h('h2', { class: 'cut', title: sx.nodes.nameOf(from) + ' → ' + sx.nodes.nameOf(to) }, t('topology.call')), this.state(edge), h('span', { class: 'sp' }), h('button', { class: 'btn ghost s sq', type: 'button', 'aria-label': t('action.close'), onclick: close }, sx.icon('close'))),
        h('div', { class: 'tpb' }, this.end(from), h('div', { class: 'mute sm tarrow' }, '↓ ' + t('topology.type.' + (edge.type || 'request'))), this.end(to), this.table(edge), edge.merged && h('p', { class: 'mute sm' }, t('topology.merged')), this.links(edge, from, to, sx.edges.when(data, edge.state))));
    }

    state(edge) {
      const tone = { new: 'o', vanished: '', changed: 'w' }[edge.state];
      return tone === undefined ? null : h('span', { class: 'tag ' + tone }, { new: '+ ', vanished: '× ', changed: '≠ ' }[edge.state] + t('topology.state.' + edge.state));
    }

    end(node) {
      return h('button', { class: 'plain svc tend', type: 'button', title: node.name, onclick: () => sx.state.set({ node: node.id, edge: '' }, true) }, sx.nodeMark(node), h('span', { class: 'cut' }, sx.nodes.nameOf(node)), h('span', { class: 'mute sm' }, t('node.' + node.kind)));
    }

    /** Figures, and in a difference what they were. */
    table(edge) {
      const rows = [['figure.rate', sx.format.rate, 'rate'], ['figure.errors', sx.format.share, 'errorShare'], ['p50', sx.format.seconds, 'p50'], ['p95', sx.format.seconds, 'p95'], ['p99', sx.format.seconds, 'p99'], ['topology.network', sx.format.seconds, 'network'], ['topology.inAll', sx.format.count, 'calls']];
      const changes = new Map((edge.changes || []).map((c) => [c.figure, sx.edges.change(c)]));
      const cell = (parts_, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(parts_));
      return h('table', { class: 'tbl d24 cl tfig' }, edge.before && h('thead', null, h('tr', null, h('th'), h('th', { class: 'num' }, t('topology.then')), h('th', { class: 'num' }, t('topology.graphNow')), h('th', { class: 'num' }, t('topology.difference')))),
        h('tbody', null, rows.map(([label, format, key]) => {
          const change = changes.get(key);
          return h('tr', null, h('td', null, label.includes('.') ? t(label) : label), edge.before && cell(format(edge.before[key])), cell(edge.state === 'vanished' ? format(null) : format(edge[key]), key === 'errorShare' && edge.errorShare > BAD),
            edge.before && h('td', { class: 'num ' + (change ? (change.worse ? 'warn-t b' : change.better ? 'ok-t b' : 'b') : '') }, change ? change.text : ''));
        })));
    }

    links(edge, from, to, when) {
      const traces = sx.edges.traceQl(from, to, edge.type);
      const metrics = sx.edges.promQl(from, to);
      const service = [to, from].find(sx.edges.isService);
      const link = (page, address) => h('a', { class: 'btn s', href: address }, sx.icon(page), t('nav.' + page));
      return h('div', { class: 'row tpf' }, traces && link('traces', sx.state.link('traces', { ...when, q: traces })), service && link('logs', sx.state.link('logs', { ...when, service: service.name })), metrics && link('metrics', sx.state.link('metrics', { ...when, expr: metrics })));
    }
  }

  sx.define('sx-edge', Edge);
})();
