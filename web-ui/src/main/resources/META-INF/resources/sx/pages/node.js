/** The panel beside the graph: one node's figures, who calls it and whom it calls. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const BAD = 0.02;

  class Node extends HTMLElement {
    show(node, data, found) {
      const { base } = found;
      const close = () => this.dispatchEvent(new CustomEvent('sx-close'));
      const tone = { critical: 'e', warning: 'w' }[node.health];
      const { isService } = sx.edges;
      this.figures = this.node === node.id && this.figures ? this.figures : h('div');
      const same = this.node === node.id;
      const scrolled = same && this.querySelector('.tpb') ? this.querySelector('.tpb').scrollTop : 0;
      this.node = node.id;
      sx.put(
        this,
        h('div', { class: 'ph' }, sx.nodeMark(node), h('h2', { class: 'cut', title: sx.nodes.nameOf(node) }, sx.nodes.nameOf(node)), tone && h('span', { class: 'tag ' + tone }, sx.sign(node.health, 12), t('health.' + node.health)),
          h('span', { class: 'sp' }), h('button', { class: 'btn ghost s sq', type: 'button', 'aria-label': t('action.close'), onclick: close }, sx.icon('close'))),
        h('div', { class: 'tpb' }, h('p', { class: 'mute sm' }, [t('node.' + node.kind), node.system, node.namespace, base && node.state && t('topology.state.' + node.state)].filter(Boolean).join(' · ')), this.figures, node.members ? this.members(node) : this.calls(node, data), this.problemsPlace(same && isService(node)), this.links(node, sx.edges.when(found, node.state))),
      );
      this.querySelector('.tpb').scrollTop = scrolled;
      this.showFigures(node, null);
      if (isService(node)) this.load(node);
    }

    /** What a group holds. */
    members(node) {
      const open = () => sx.state.set({ open: [...sx.state.all('open'), node.name], node: '' }, true);
      return [h('h3', { class: 'tph' }, t('topology.members', node.members.length)), h('button', { class: 'btn s', type: 'button', onclick: open }, sx.icon('plus', 12), t('topology.openGroup')),
        h('ul', { class: 'pl sm tmem' }, node.members.slice().sort((a, b) => (b.rate || 0) - (a.rate || 0)).slice(0, 200).map((n) => h('li', null, sx.nodeMark(n), h('span', { class: 'cut', title: n.name }, n.name), h('span', { class: 'sp' }), n.health === 'critical' || n.health === 'warning' ? sx.sign(n.health, 12) : null, h('span', { class: 'mute' }, sx.format.text(sx.format.rate(n.rate))))))];
    }

    problemsPlace(same) {
      this.problems = same && this.problems ? this.problems : h('div');
      return this.problems;
    }

    /** The sparklines come from the service itself. */
    async load(node) {
      const detail = await sx.api.get('services/' + encodeURIComponent(node.name), sx.api.between(sx.state.range())).catch(() => ({}));
      if ( this.node !== node.id || !this.isConnected) return;
      this.showFigures(node, detail);
      const list = detail.problems || [];
      sx.put(this.problems, list.length > 0 && [h('h3', { class: 'tph' }, t('services.problems')), h('ul', { class: 'pl sm' }, list.map((p) => h('li', null, sx.sign(p.severity, 12), h('span', null, h('b', null, p.text), p.sinceMillis && h('span', { class: 'mute' }, ' ' + t('services.since', sx.time.clock(p.sinceMillis).slice(0, 5)))))))]);
    }

    showFigures(node, detail) {
      const network = node.network !== null && node.network !== undefined && h('div', { class: 'row nodefig' }, h('span', { class: 'mute sm' }, t('topology.network')), h('span', { class: 'sp' }), h('b', null, parts.value(sx.format.seconds(node.network))));
      const rows = [['rate', sx.format.rate(node.rate), 'rateSeries'], ['errors', sx.format.share(node.errorShare), 'errorSeries', node.errorShare > BAD], ['duration', sx.format.seconds(node.p95), 'p95Series']];
      if (!detail && sx.edges.isService(node) && this.figures.childElementCount) return;
      sx.put(this.figures, rows.map(([key, value, series, bad]) => h('div', { class: 'nodefig' },
        h('div', { class: 'row' }, h('span', { class: 'mute sm' }, t('figure.' + key) + (key === 'duration' ? ' p95' : '')), h('span', { class: 'sp' }), h('b', { class: bad ? 'err' : '' }, parts.value(value))),
        detail && detail[series] && this.line(detail[series], bad, detail))), network);
    }

    line(series, bad, detail) {
      const box = { width: 272, height: 40 };
      const since = bad ? ((detail.problems || []).find((p) => p.sinceMillis) || { sinceMillis: null }).sinceMillis : null;
      const line = sx.series.sparkline(series, box, since);
      return sx.s('svg', { class: 'nodeline', viewBox: '0 0 272 40', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        sx.s('line', { class: 'al', x1: 0, x2: 272, y1: 38, y2: 38 }), line.before && sx.s('path', { class: 'spk', d: line.before }), line.after && sx.s('path', { class: 'spk e', d: line.after }));
    }

    calls(node, { nodes, edges }) {
      const byId = new Map(nodes.map((n) => [n.id, n]));
      const row = (edge, other, icon) => {
        const n = byId.get(other) || { name: other, kind: 'external' };
        const pick = () => sx.state.set({ edge: sx.groups.key(edge), node: '' }, true);
        const bad = edge.errorShare > BAD;
        return h('tr', null, h('td', null, h('button', { class: 'plain svc', type: 'button', 'data-key': sx.groups.key(edge), title: sx.nodes.nameOf(n), onclick: pick }, sx.icon(icon, 12), sx.nodeMark(n), h('span', { class: 'cut' }, sx.nodes.nameOf(n)))),
          h('td', { class: 'num' }, sx.format.text(sx.format.rate(edge.rate))), h('td', { class: bad ? 'num err b' : 'num' }, sx.format.text(sx.nodes.short(edge.errorShare))), h('td', { class: 'num' }, sx.format.text(sx.format.seconds(edge.p95))));
      };
      const rows = edges.filter((e) => e.to === node.id).map((e) => row(e, e.from, 'right')).concat(edges.filter((e) => e.from === node.id).map((e) => row(e, e.to, 'left')));
      return [h('h3', { class: 'tph' }, t('topology.calls')), h('table', { class: 'tbl d24 cl' }, h('colgroup', null, h('col'), [58, 54, 54].map((w) => h('col', { style: 'width:' + w + 'px' }))),
        h('thead', null, h('tr', null, h('th', null, t('topology.inOut')), h('th', { class: 'num' }, t('figure.rate')), h('th', { class: 'num' }, t('figure.errors')), h('th', { class: 'num' }, 'p95'))), h('tbody', null, rows))];
    }

    links(node, when) {
      const focused = sx.state.get('depth') === '1';
      const focus = h('button', { class: 'btn s', type: 'button', onclick: () => sx.state.set({ depth: focused ? '' : '1' }, true) }, sx.icon('focus'), t(focused ? 'topology.focusOff' : 'topology.focus'));
      const link = (page, address) => h('a', { class: 'btn s', href: address }, sx.icon(page), t('nav.' + page));
      const own = sx.edges.isService(node) && [link('services', sx.state.link('services/' + encodeURIComponent(node.name), when)), link('traces', sx.state.link('traces', { ...when, q: '{ resource.service.name = ' + JSON.stringify(node.name) + ' }' })), link('logs', sx.state.link('logs', { ...when, service: node.name })),
        link('metrics', sx.state.link('metrics', { ...when, expr: 'sum by (span_name) (rate(traces_spanmetrics_calls_total{service=' + JSON.stringify(node.name) + '}[5m]))' }))];
      const open = sx.state.all('open');
      const shut = node.group && open.includes(node.group) && h('button', { class: 'btn s', type: 'button', onclick: () => sx.state.set({ open: open.filter((g) => g !== node.group), node: '' }, true) }, sx.icon('minus', 12), t('topology.closeGroup', sx.nodes.nameOf({ kind: 'group', name: node.group })));
      return h('div', { class: 'row tpf' }, own, focus, shut);
    }
  }

  sx.define('sx-node', Node);
})();
