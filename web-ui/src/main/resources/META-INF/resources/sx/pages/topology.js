/** The service graph: callers left, live figures on the edges, a panel for the node chosen. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, s, t, parts } = sx;
  const BAD = 0.02;
  const ICONS = { database: 'database', queue: 'queue', external: 'globe', client: 'user' };

  class Topology extends sx.Page {
    build() {
      this.count = h('span', { class: 'mute sm' });
      this.tools = h('div', { class: 'row tools' });
      this.picture = h('div', { class: 'tcs', tabindex: '0', role: 'group', 'aria-label': t('topology.graph') });
      this.controls = h('div', { class: 'row tzoom' }, this.button('minus', 'topology.zoomOut', () => this.zoom(1.25)), h('button', { class: 'btn s', type: 'button', onclick: () => this.fit() }, t('topology.fit')), this.button('plus', 'topology.zoomIn', () => this.zoom(0.8)));
      this.content = h('div', { class: 'tgraph' });
      this.side = h('sx-node', { class: 'panel tp', hidden: true });
      this.side.addEventListener('sx-close', () => this.choose(''));
      this.foot = h('div', { class: 'row foot' });
      const table = h('button', { class: 'btn ghost', type: 'button' }, sx.icon('columns'), h('span', { class: 'wide' }, t('topology.table')));
      table.addEventListener('click', () => sx.state.set({ as: sx.state.get('as') ? '' : 'table' }, true));
      const save = h('button', { class: 'btn ghost', type: 'button' }, sx.icon('open'), h('span', { class: 'wide' }, t('topology.export')));
      save.addEventListener('click', () => this.export());
      sx.put(this, parts.title(t('nav.topology'), this.count, table, save), this.tools, h('div', { class: 'tw' }, h('section', { class: 'panel tc' }, this.content, this.controls), this.side), this.foot);
      this.picture.addEventListener('pointerdown', (e) => this.pan(e));
      this.picture.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
      this.picture.addEventListener('click', (e) => this.clicked(e));
      this.picture.addEventListener('keydown', (e) => this.key(e));
      this.stops.push(sx.keys.add([{ key: '+', text: 'topology.zoomIn', act: () => this.zoom(0.8) }, { key: '-', text: 'topology.zoomOut', act: () => this.zoom(1.25) }, { key: '0', text: 'topology.fit', act: () => this.fit() }, { key: 'Escape', act: () => this.choose('') }]));
      const resize = new ResizeObserver(() => this.drawn && !this.moved && this.fit());
      resize.observe(this.picture);
      this.stops.push(() => resize.disconnect());
    }

    body() {
      return this.content;
    }

    button(icon, key, act) {
      return h('button', { class: 'btn s sq', type: 'button', title: t(key), 'aria-label': t(key), onclick: act }, sx.icon(icon));
    }

    addressChanged(keys) {
      const local = keys.length > 0 && keys.every((k) => ['node', 'q', 'depth', 'as'].includes(k));
      if (local && this.data) this.show(this.data);
      else this.reload();
    }

    fetch(signal) {
      return sx.api.get('topology', sx.api.between(sx.state.range()), signal);
    }

    choose(id) {
      if (id !== sx.state.get('node')) sx.state.set({ node: id }, true);
    }

    show(data) {
      this.count.textContent = t('topology.figures', data.nodes.length, data.edges.length);
      this.showTools();
      if (!data.nodes.length) {
        sx.put(this.content, parts.empty(t('topology.empty'), t('topology.empty.hint')));
        this.controls.hidden = true;
        this.side.hidden = true;
        return;
      }
      const { nodes, edges } = this.near(data);
      const chosen = nodes.find((n) => n.id === sx.state.get('node'));
      const table = sx.state.get('as') === 'table';
      this.controls.hidden = table;
      if (table) sx.put(this.content, this.table(edges, nodes));
      else this.draw(nodes, edges, chosen);
      this.side.hidden = !chosen;
      if (chosen) this.side.show(chosen, data);
      sx.put(this.foot, parts.cost(sx.tn('topology.edges', edges.length), data.cost), h('span', { class: 'sp' }), h('span', { class: 'cost' }, t('state.updated', sx.time.clock(Date.now()))));
    }

    /** What shows: everything, or what is within some steps of the node chosen. */
    near({ nodes, edges }) {
      const depth = Number(sx.state.get('depth'));
      const id = sx.state.get('node');
      if (!depth || !nodes.some((n) => n.id === id)) return { nodes, edges };
      const kept = sx.graph.neighbourhood(edges, id, depth);
      return { nodes: nodes.filter((n) => kept.has(n.id)), edges: edges.filter((e) => kept.has(e.from) && kept.has(e.to)) };
    }

    showTools() {
      if (this.find && this.find.contains(document.activeElement)) return;
      this.find = parts.search(t('topology.find'), sx.state.get('q'), (q) => sx.state.set({ q }), { 'data-query': true });
      this.find.querySelector('input').addEventListener('keydown', (e) => {
        const hit = e.key === 'Enter' && this.data && this.data.nodes.find((n) => this.found(n, e.target.value));
        if (hit) this.choose(hit.id);
      });
      const depth = Number(sx.state.get('depth'));
      const label = (d) => (d ? t('topology.depth.some', d) : t('topology.depth.all'));
      const choice = h('button', { class: 'sel', type: 'button', 'aria-haspopup': 'menu' }, label(depth), sx.icon('down', 12));
      choice.addEventListener('click', () => sx.popup.menu(choice, [0, 1, 2, 3].map((d) => ({ value: d, label: label(d) })), depth, (d) => sx.state.set({ depth: d || '' }, true)));
      const line = (style) => h('i', { class: 'legend-line', style });
      sx.put(this.tools, this.find, choice, h('span', { class: 'sp' }),
        h('div', { class: 'mini-leg sm hs' }, h('span', null, line('height:1.5px'), '50 /s'), h('span', null, line('height:3.2px'), '1 k/s'), h('span', null, line('height:1.5px;background:var(--sx-error)'), t('topology.legend.errors'))));
    }

    found(node, q) {
      return q && node.name.toLowerCase().includes(q.toLowerCase());
    }

    draw(nodes, edges, chosen) {
      const plan = sx.graph.layout(nodes, edges);
      const key = JSON.stringify([nodes.map((n) => n.id).sort(), edges.map((e) => e.from + '>' + e.to).sort()]);
      const q = sx.state.get('q');
      const beside = chosen && sx.graph.neighbourhood(edges, chosen.id, 1);
      const dim = (node) => (q ? !this.found(node, q) : false);
      const lines = plan.edges.map((e) => this.edge(e, chosen));
      const labels = this.labels(plan, nodes, chosen);
      this.svg = s('svg', { class: 'ch topo', role: 'presentation' }, this.markers(), lines, labels,
        nodes.map((n) => sx.nodes.draw(n, plan.nodes.get(n.id), { on: chosen === n, dim: dim(n), beside })));
      this.order = nodes.slice().sort((a, b) => plan.nodes.get(a.id).layer - plan.nodes.get(b.id).layer || plan.nodes.get(a.id).y - plan.nodes.get(b.id).y);
      sx.put(this.picture, this.svg);
      if (this.picture.parentNode !== this.content) sx.put(this.content, this.picture);
      this.whole = [-16, -16, plan.width + 32, plan.height + 32];
      if (this.key_ !== key) this.moved = false;
      this.key_ = key;
      this.drawn = true;
      if (this.moved && this.view) this.setView(this.view);
      else this.fit();
    }

    markers() {
      const marker = (id, colour) => s('marker', { id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' }, s('path', { d: 'M0 .5 8 4 0 7.5z', style: 'fill:var(--sx-' + colour + ')' }));
      return s('defs', null, marker('sx-an', 'text-4'), marker('sx-ae', 'error'));
    }

    edge({ edge, points, turned }, chosen) {
      const bad = edge.errorShare > BAD;
      const width = 1 + Math.min(3.5, Math.log10(1 + (edge.rate || 0)) * 0.75);
      const faint = chosen && edge.from !== chosen.id && edge.to !== chosen.id;
      const side = turned ? -1 : 1;
      const ends = points.map((p) => p.slice());
      ends[0][0] += (side * sx.nodes.W) / 2;
      ends[ends.length - 1][0] -= side * (sx.nodes.W / 2 + 3);
      let d = 'M' + ends[0].join(' ');
      for (let i = 1; i < ends.length; i++) {
        const [x0, y0] = ends[i - 1];
        const [x1, y1] = ends[i];
        const bend = (x0 + x1) / 2;
        d += 'C' + bend + ' ' + y0 + ' ' + bend + ' ' + y1 + ' ' + x1 + ' ' + y1;
      }
      return s('path', { class: 'edge', d, style: 'stroke-width:' + width.toFixed(2) + ';stroke:var(--sx-' + (bad ? 'error' : 'text-4') + ');opacity:' + (faint ? 0.25 : 0.75), 'marker-end': 'url(#' + (bad ? 'sx-ae' : 'sx-an') + ')' }, s('title', null, this.words(edge).join(' · ')));
    }

    words(edge) {
      return [edge.from + ' → ' + edge.to, ...[sx.format.rate(edge.rate), sx.nodes.short(edge.errorShare), sx.format.seconds(edge.p95)].map(sx.format.text)];
    }

    /** Rate, errors where there are many, and p95, where there is room; bad and busy edges first. */
    labels(plan, nodes, chosen) {
      const own = (e) => !chosen || e.from === chosen.id || e.to === chosen.id;
      const wanted = plan.edges.filter(({ edge }) => own(edge)).sort((a, b) => (b.edge.errorShare > BAD) - (a.edge.errorShare > BAD) || (b.edge.rate || 0) - (a.edge.rate || 0));
      const made = wanted.map(({ edge, points }) => {
        const bad = edge.errorShare > BAD;
        const lines = [[sx.format.text(sx.format.rate(edge.rate)), bad ? 'axl b' : 'axl'], bad && [sx.format.text(sx.nodes.short(edge.errorShare)), 'axl err-t b'], [sx.format.text(sx.format.seconds(edge.p95)), bad ? 'axl' : 'ax']].filter(Boolean);
        const last = points.slice(-2).map((p) => p.slice());
        const side = Math.sign(last[1][0] - last[0][0]) || 1;
        if (points.length === 2) last[0][0] += (side * sx.nodes.W) / 2;
        last[1][0] -= (side * sx.nodes.W) / 2;
        return { points: last, lines: lines.length, width: Math.max(...lines.map(([text]) => text.length)) * 6.5, texts: lines };
      });
      const places = sx.graph.labels(made, nodes.map((n) => plan.nodes.get(n.id)), { width: sx.nodes.W, height: sx.nodes.H });
      return made.map(({ texts }, i) => places[i] && s('g', { class: 'el' }, texts.map(([text, type], n) => s('text', { class: type + ' halo', x: places[i].x, y: places[i].y - (texts.length * 13) / 2 + 10 + n * 13, 'text-anchor': 'middle' }, text))));
    }

    setView(view) {
      this.view = view;
      this.svg.setAttribute('viewBox', view.map((v) => v.toFixed(1)).join(' '));
    }

    /** Everything in sight, never larger than life. */
    fit() {
      const width = this.picture.clientWidth || 800;
      const height = this.picture.clientHeight || 600;
      const [x, y, w, hgt] = this.whole;
      const scale = Math.max(w / width, hgt / height, 1);
      this.moved = false;
      this.setView([x - (width * scale - w) / 2, y - (height * scale - hgt) / 2, width * scale, height * scale]);
    }

    zoom(factor, at) {
      if (!this.view) return;
      const [x, y, w, hgt] = this.view;
      const next = Math.max(200, Math.min(this.whole[2] * 4 + 2000, w * factor)) / w;
      const [px, py] = at || [0.5, 0.5];
      this.moved = true;
      this.setView([x + w * px * (1 - next), y + hgt * py * (1 - next), w * next, hgt * next]);
    }

    wheel(event) {
      if (!this.view) return;
      event.preventDefault();
      const box = this.picture.getBoundingClientRect();
      this.zoom(Math.pow(1.0015, event.deltaY), [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
    }

    pan(event) {
      if (event.button !== 0 || !this.view) return;
      const [x, y, w] = this.view;
      const scale = w / this.picture.clientWidth;
      const from = [event.clientX, event.clientY];
      this.dragged = false;
      const move = (e) => {
        const by = [e.clientX - from[0], e.clientY - from[1]];
        if (!this.dragged && Math.hypot(...by) < 4) return;
        this.dragged = true;
        this.moved = true;
        this.setView([x - by[0] * scale, y - by[1] * scale, this.view[2], this.view[3]]);
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', () => removeEventListener('pointermove', move), { once: true });
    }

    clicked(event) {
      if (this.dragged) return;
      const node = event.target.closest('.node');
      this.choose(node ? node.dataset.node : '');
    }

    key(event) {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step || !this.order) return;
      event.preventDefault();
      const at = this.order.findIndex((n) => n.id === sx.state.get('node'));
      const next = this.order[(at + step + this.order.length) % this.order.length];
      sx.state.set({ node: next.id });
    }

    table(edges, nodes) {
      const names = new Map(nodes.map((n) => [n.id, n]));
      const name = (id) => (names.get(id) && names.get(id).kind === 'service' ? parts.service(names.get(id).name, names.get(id).hue) : h('span', { class: 'svc' }, sx.icon(ICONS[(names.get(id) || {}).kind] || 'globe'), h('span', { class: 'cut' }, id)));
      const num = (p, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(p));
      return h('div', { class: 'scroll fill' }, h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', null, t('topology.from')), h('th', null, t('topology.to')), [t('figure.rate'), t('figure.errors'), 'p50', 'p95', 'p99'].map((c) => h('th', { class: 'num' }, c)))),
        h('tbody', null, edges.map((e) => h('tr', null, h('td', null, name(e.from)), h('td', null, name(e.to)), num(sx.format.rate(e.rate)), num(sx.format.share(e.errorShare), e.errorShare > BAD), num(sx.format.seconds(e.p50)), num(sx.format.seconds(e.p95)), num(sx.format.seconds(e.p99)))))));
    }

    /** The picture as a file, its colours written out. */
    export() {
      if (!this.svg) return;
      const copy = this.svg.cloneNode(true);
      const live = [this.svg, ...this.svg.querySelectorAll('*')];
      [copy, ...copy.querySelectorAll('*')].forEach((el, i) => {
        const style = getComputedStyle(live[i]);
        el.setAttribute('style', ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font', 'paint-order', 'text-anchor'].map((p) => p + ':' + style.getPropertyValue(p)).join(';'));
      });
      copy.setAttribute('viewBox', this.whole.join(' '));
      const file = new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' });
      const link = h('a', { download: 'topology.svg' });
      link.href = URL.createObjectURL(file);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }
  }

  sx.define('sx-topology', Topology);
})();
