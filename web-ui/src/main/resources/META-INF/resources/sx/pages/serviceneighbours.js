/** Who calls a service, and whom it calls. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;

  class ServiceNeighbours extends sx.Page {
    fetch(signal) {
      return sx.api.get('topology', sx.api.between(sx.state.range()), signal);
    }

    show(graph) {
      const name = this.service.name;
      const { callers, callees } = sx.service.neighbours(graph, name);
      sx.put(this, h('div', { class: 'col', style: 'gap:8px' }, this.table('callers', callers), this.table('callees', callees)));
    }

    table(key, list) {
      const num = (value, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(value));
      const row = ({ node, edge }) => h('tr', { 'data-node': node.id }, h('td', { class: 'cut' }, node.kind === 'service' || node.kind === 'gateway' ? parts.service(node.name, node.hue) : h('a', { class: 'link', title: node.name, href: sx.state.link('topology', { node: node.id }) }, node.name)),
        h('td', { class: 'mute' }, t('service.node.' + (KINDS.includes(node.kind) ? node.kind : 'other'))), num(sx.format.count(edge.calls)), num(sx.format.rate(edge.rate)), num(sx.format.share(edge.errorShare), edge.errorShare > 0.02), num(sx.format.seconds(edge.p50)), num(sx.format.seconds(edge.p95)), num(sx.format.seconds(edge.p99)));
      const head = [t('trace.calls'), t('figure.rate'), t('figure.errors'), 'p50', 'p95', 'p99'];
      return h('section', { class: 'panel', style: 'overflow:hidden', 'data-side': key }, h('div', { class: 'ph' }, h('h2', null, t('service.' + key)), h('span', { class: 'cnt' }, String(list.length)), h('span', { class: 'sp' }),
        h('a', { class: 'btn s ghost', href: sx.state.link('topology', { node: this.service.name }) }, sx.icon('topology', 12), t('nav.topology'))),
        list.length ? h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', null, t('service.node')), h('th', { style: 'width:120px' }, t('service.kind')), head.map((c) => h('th', { class: 'num', style: 'width:88px' }, c)))), h('tbody', null, list.map(row)))
          : h('p', { class: 'mute pad' }, t('service.' + key + '.none')));
    }
  }

  const KINDS = ['service', 'database', 'cache', 'queue', 'gateway', 'external', 'client'];

  sx.define('sx-service-neighbours', ServiceNeighbours);
})();
