/** The service graph as a table, and as a file. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const BAD = 0.02;
  const ICONS = { database: 'database', cache: 'database', queue: 'queue', external: 'globe', client: 'user', group: 'services' };

  /** A node's sign: a service's chip, or what it is. */
  function mark(node) {
    return sx.edges.isService(node) ? parts.chip(node.name, node.hue) : sx.icon(ICONS[node.kind] || 'globe');
  }

  sx.nodeMark = mark;

  /** Every edge with its figures; what differs has a column of its own. */
  sx.callTable = function (nodes, edges, difference) {
    const byId = new Map(nodes.map((n) => [n.id, n]));
    const end = (id) => {
      const node = byId.get(id) || { name: id, kind: 'external' };
      return h('button', { class: 'plain svc', type: 'button', title: node.name + ' · ' + t('node.' + node.kind), onclick: () => sx.state.set({ node: id, edge: '' }, true) }, mark(node), h('span', { class: 'cut' }, sx.nodes.nameOf(node)));
    };
    const num = (p, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(p));
    const columns = [t('figure.rate'), t('figure.errors'), 'p50', 'p95', 'p99', t('topology.network')];
    const row = (e) => h('tr', { class: sx.groups.key(e) === sx.state.get('edge') ? 'on' : '', 'data-edge': sx.groups.key(e), onclick: (event) => event.target.closest('button') || sx.state.set({ edge: sx.groups.key(e), node: '' }, true) },
      h('td', null, end(e.from)), h('td', null, end(e.to)), num(sx.format.rate(e.rate)), num(sx.format.share(e.errorShare), e.errorShare > BAD), num(sx.format.seconds(e.p50)), num(sx.format.seconds(e.p95)), num(sx.format.seconds(e.p99)), num(sx.format.seconds(e.network)),
      difference && h('td', { title: words(e) }, words(e)));
    return h('div', { class: 'scroll fill' }, h('table', { class: 'tbl d32 calls' }, h('colgroup', null, h('col'), h('col'), columns.map(() => h('col', { style: 'width:84px' })), difference && h('col', { style: 'width:22%' })), h('thead', null, h('tr', null, h('th', null, t('topology.from')), h('th', null, t('topology.to')), columns.map((c) => h('th', { class: 'num' }, c)), difference && h('th', null, t('topology.difference')))), h('tbody', null, edges.map(row))));
  };

  function words(edge) {
    if (edge.state === 'new') return '+ ' + t('topology.state.new');
    if (edge.state === 'vanished') return '× ' + t('topology.state.vanished');
    return (edge.changes || []).map((c) => t('topology.change.' + c.figure) + ' ' + sx.edges.change(c).text).join(', ') || (edge.state === 'changed' ? '▲▼' : '');
  }

  /** A picture as a file, its colours written out. */
  sx.saveSvg = function (picture, name) {
    const { svg } = picture;
    if (!svg) return;
    const copy = svg.cloneNode(true);
    const live = [svg, ...svg.querySelectorAll('*')];
    [copy, ...copy.querySelectorAll('*')].forEach((el, i) => {
      const style = getComputedStyle(live[i]);
      el.setAttribute('style', ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font', 'paint-order', 'text-anchor'].map((p) => p + ':' + style.getPropertyValue(p)).join(';'));
    });
    copy.setAttribute('viewBox', picture.whole.join(' '));
    const link = h('a', { download: name });
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})();
