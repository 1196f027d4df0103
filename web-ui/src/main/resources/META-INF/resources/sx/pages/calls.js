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

  /** Rows shown at first, and how many more a click shows. */
  const ROWS = 500;

  /** Every edge with its figures; what differs has a column of its own. Only rows that changed are touched. */
  class Calls extends HTMLElement {
    /** q: what the name of an end of the edges wanted contains. */
    show(nodes, edges, difference, q) {
      this.byId = new Map(nodes.map((n) => [n.id, n]));
      if (!this.body || this.difference !== difference) this.build(difference);
      const named = (id) => this.end(id).name.toLowerCase().includes(q.toLowerCase());
      this.edges = q ? edges.filter((e) => named(e.from) || named(e.to)) : edges;
      this.fill();
    }

    build(difference) {
      this.difference = difference;
      this.most = ROWS;
      const columns = [t('figure.rate'), t('figure.errors'), 'p50', 'p95', 'p99', t('topology.network')];
      this.body = h('tbody');
      this.none = h('p', { class: 'mute sm tmore' }, t('topology.noCalls'));
      this.more = h('button', { class: 'btn s tmore', type: 'button', onclick: () => this.fill((this.most += ROWS)) });
      sx.put(this, h('div', { class: 'scroll fill' }, h('table', { class: 'tbl d32 calls' }, h('colgroup', null, h('col'), h('col'), columns.map(() => h('col', { style: 'width:84px' })), difference && h('col', { style: 'width:22%' })),
        h('thead', null, h('tr', null, h('th', null, t('topology.from')), h('th', null, t('topology.to')), columns.map((c) => h('th', { class: 'num' }, c)), difference && h('th', null, t('topology.difference')))), this.body), this.none, this.more));
    }

    fill() {
      const { edges, difference } = this;
      const chosen = sx.state.get('edge');
      sx.keyed(this.body, edges.slice(0, this.most).map((e) => {
        const key = sx.groups.key(e);
        const ends = [e.from, e.to].map((id) => [this.end(id).name, this.end(id).kind, this.end(id).hue].join());
        const sign = [key === chosen, ...ends, e.rate, e.errorShare, e.p50, e.p95, e.p99, e.network, difference && words(e)].join('\n');
        return { key, sign, make: () => this.row(e, key, key === chosen) };
      }));
      const left = edges.length - this.most;
      this.more.hidden = left <= 0;
      this.more.textContent = t('topology.more', sx.format.text(sx.format.count(Math.min(ROWS, left))), sx.format.text(sx.format.count(edges.length)));
      this.none.hidden = edges.length > 0;
    }

    end(id) {
      return this.byId.get(id) || { id, name: id, kind: 'external' };
    }

    row(e, key, on) {
      const end = (id) => {
        const node = this.end(id);
        return h('button', { class: 'plain svc', type: 'button', title: node.name + ' · ' + t('node.' + node.kind), onclick: () => sx.state.set({ node: id, edge: '' }, true) }, mark(node), h('span', { class: 'cut' }, sx.nodes.nameOf(node)));
      };
      const num = (p, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(p));
      return h('tr', { class: on ? 'on' : '', 'data-edge': key, onclick: (event) => event.target.closest('button') || sx.state.set({ edge: key, node: '' }, true) },
        h('td', null, end(e.from)), h('td', null, end(e.to)), num(sx.format.rate(e.rate)), num(sx.format.share(e.errorShare), e.errorShare > BAD), num(sx.format.seconds(e.p50)), num(sx.format.seconds(e.p95)), num(sx.format.seconds(e.p99)), num(sx.format.seconds(e.network)),
        this.difference && h('td', { title: words(e) }, words(e)));
    }
  }

  sx.define('sx-calls', Calls);

  function words(edge) {
    if (edge.state === 'new') return '+ ' + t('topology.state.new');
    if (edge.state === 'vanished') return '× ' + t('topology.state.vanished');
    if (edge.tally) return sx.arrows.tallied(edge.tally);
    return (edge.changes || []).map((c) => t('topology.change.' + c.figure) + ' ' + sx.edges.change(c).text).join(', ') || (edge.state === 'changed' ? '▲▼' : '');
  }

  /** A picture as a file, its colours written out. */
  sx.saveSvg = function (picture, name) {
    if (!picture.model) return;
    const { svg, done } = picture.drawing();
    const copy = svg.cloneNode(true);
    const live = [svg, ...svg.querySelectorAll('*')];
    [copy, ...copy.querySelectorAll('*')].forEach((el, i) => {
      const style = getComputedStyle(live[i]);
      el.setAttribute('style', ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font', 'paint-order', 'text-anchor'].map((p) => p + ':' + style.getPropertyValue(p)).join(';'));
    });
    done();
    copy.setAttribute('viewBox', picture.whole.join(' '));
    const link = h('a', { download: name });
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})();
