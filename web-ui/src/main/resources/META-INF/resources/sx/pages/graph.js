/** The service graph as a picture that is panned, zoomed and walked by keys. Fires sx-choose with a node's or an edge's key. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, s, t } = sx;
  const BAD = 0.02;

  /** From so many nodes on rows stand closer. */
  const MANY = 60;

  /** From so many nodes on a picture is heavy, and painted when it has rested for so many milliseconds. */
  const HEAVY = 150;
  const REST = 140;

  /** Between columns of a difference, whose labels are longer. */
  const WIDE = 270;

  class Graph extends HTMLElement {
    connectedCallback() {
      this.className = 'tcs';
      for (const [name, value] of Object.entries({ tabindex: '0', role: 'group', 'aria-label': t('topology.graph') })) this.setAttribute(name, value);
      if (this.ready) return;
      this.ready = true;
      this.addEventListener('pointerdown', (e) => this.pan(e));
      this.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
      this.addEventListener('click', (e) => this.clicked(e));
      this.addEventListener('dblclick', (e) => e.target.closest('.node') && this.tell('sx-open', e.target.closest('.node').dataset.node));
      this.addEventListener('keydown', (e) => this.key(e));
      this.addEventListener('pointermove', (e) => this.hover(e));
      this.addEventListener('pointerleave', () => sx.tip());
      this.resize = new ResizeObserver(() => this.svg && (this.moved ? this.setView(this.view) : this.fit()));
      this.resize.observe(this);
    }

    disconnectedCallback() {
      clearTimeout(this.resting);
      sx.tip();
    }

    tell(event, detail) {
      this.dispatchEvent(new CustomEvent(event, { detail }));
    }

    /** Draws; the layout is made anew only where nodes or edges are others, and the old picture stays meanwhile. */
    show(graph, options) {
      const { nodes, edges } = graph;
      const key = JSON.stringify([options.difference, nodes.map((n) => n.id).sort(), edges.map((e) => sx.groups.key(e)).sort()]);
      this.latest = [graph, options];
      if (key === this.structure) return this.draw();
      if (key === this.wanted) return undefined;
      this.wanted = key;
      const found = sx.layout(nodes, edges, { gap: nodes.length > MANY ? 14 : 40, column: options.difference ? WIDE : nodes.length > MANY ? 220 : 198 });
      if (!(found instanceof Promise)) return this.adopt(key, found);
      return found.then((later) => this.wanted === key && this.isConnected && this.adopt(key, later));
    }

    adopt(key, { plan, millis }) {
      this.structure = this.wanted = key;
      this.plan = plan;
      this.layoutMillis = millis;
      this.moved = false;
      this.draw();
      if (this.later) this.centre(this.later);
      this.later = '';
    }

    draw() {
      const [{ nodes, edges }, options] = this.latest;
      this.options = options;
      this.nodes = nodes;
      this.byId = new Map(nodes.map((n) => [n.id, n]));
      this.edges = new Map(edges.map((e) => [sx.groups.key(e), e]));
      const place = this.places(edges);
      const { plan } = this;
      this.svg = s('svg', { class: 'ch topo', role: 'presentation' }, sx.arrows.markers(), nodes.length >= HEAVY && sx.arrows.bundle(place, options), s('g', null, place.map((p) => sx.arrows.draw(p, options))), this.labels(place, nodes),
        nodes.map((n) => sx.nodes.draw(n, plan.nodes.get(n.id), { on: options.node === n.id, dim: options.dim(n), changed: options.difference })));
      this.order = nodes.slice().sort((a, b) => plan.nodes.get(a.id).layer - plan.nodes.get(b.id).layer || plan.nodes.get(a.id).y - plan.nodes.get(b.id).y);
      this.painted = null;
      sx.put(this, this.svg);
      this.whole = [-16, -28, plan.width + 32, plan.height + 44];
      if (this.moved && this.view) this.setView(this.view);
      else this.fit();
    }

    /** Each edge with the points it passes; edges of one pair of nodes lie beside each other, loops above their node. */
    places(edges) {
      const points = new Map(this.plan.edges.map((e) => [sx.groups.key(e.edge), e]));
      const pairs = new Map();
      return edges.map((edge) => {
        const at = points.get(sx.groups.key(edge));
        if (!at) return { edge, loop: this.plan.nodes.get(edge.from) };
        const pair = [edge.from, edge.to].sort().join('>');
        const before = pairs.get(pair) || 0;
        pairs.set(pair, before + 1);
        const by = before * 14;
        return { edge, turned: at.turned, points: at.points.map(([x, y]) => [x, y + by]) };
      });
    }

    /** Rate, errors where there are many, and p95, where there is room; bad and busy edges first. */
    labels(place, nodes) {
      const { options } = this;
      const own = ({ edge, loop }) => !loop && (!options.node || edge.from === options.node || edge.to === options.node) && (!options.difference || edge.state !== 'same');
      const weight = ({ edge }) => ((options.difference ? edge.state === 'changed' : edge.errorShare > BAD) ? 1e9 : 0) + (edge.rate || 0);
      const wanted = place.filter(own).sort((a, b) => weight(b) - weight(a)).slice(0, 400);
      const made = wanted.map(({ edge, points }) => {
        const texts = options.difference ? sx.arrows.changes(edge) : sx.arrows.figures(edge);
        const last = points.slice(-2).map((p) => p.slice());
        const side = Math.sign(last[1][0] - last[0][0]) || 1;
        if (points.length === 2) last[0][0] += (side * sx.nodes.W) / 2;
        last[1][0] -= (side * sx.nodes.W) / 2;
        return { points: last, lines: texts.length, width: Math.max(...texts.map(([text]) => text.length)) * 6.5, texts };
      });
      const found = sx.graph.labels(made, nodes.map((n) => this.plan.nodes.get(n.id)), { width: sx.nodes.W, height: sx.nodes.H });
      return made.map(({ texts }, i) => found[i] && s('g', { class: 'el' }, texts.map(([text, type], n) => s('text', { class: type + ' halo', x: found[i].x, y: found[i].y - (texts.length * 13) / 2 + 10 + n * 13, 'text-anchor': 'middle' }, text))));
    }

    /**
     * A large picture is moved as it was painted while it moves, and painted anew when it rests. A small one is painted at
     * once.
     */
    setView(view) {
      this.view = view;
      clearTimeout(this.resting);
      if (this.nodes.length < HEAVY || !this.painted) this.paint();
      else {
        const [x, y, w] = this.painted;
        const width = this.clientWidth || 800;
        this.svg.style.transform = 'translate(' + ((x - view[0]) / view[2]) * width + 'px,' + ((y - view[1]) / view[2]) * width + 'px) scale(' + w / view[2] + ')';
        this.resting = setTimeout(() => this.paint(), REST);
      }
    }

    /** What is too small to read is left out, which keeps large graphs quick. */
    paint() {
      const { view } = this;
      this.painted = view;
      this.svg.style.transform = '';
      const scale = (this.clientWidth || 800) / view[2];
      this.svg.classList.toggle('far', scale < 0.5);
      this.svg.classList.toggle('farther', scale < 0.25);
      this.svg.classList.toggle('heavy', this.nodes.length >= HEAVY);
      this.svg.setAttribute('viewBox', view.map((v) => v.toFixed(1)).join(' '));
    }

    /** Everything in sight, never larger than life. */
    fit() {
      const width = this.clientWidth || 800;
      const height = this.clientHeight || 600;
      const [x, y, w, hgt] = this.whole;
      const scale = Math.max(w / width, hgt / height, 1);
      this.moved = false;
      this.setView([x - (width * scale - w) / 2, y - (height * scale - hgt) / 2, width * scale, height * scale]);
    }

    /** Moves a node to the middle, large enough to read. */
    centre(id) {
      const at = this.plan && this.structure === this.wanted && this.plan.nodes.get(id);
      if (!at) {
        this.later = id;
        return;
      }
      const scale = Math.min(this.view[2] / (this.clientWidth || 800), 1.2);
      const [w, hgt] = [(this.clientWidth || 800) * scale, (this.clientHeight || 600) * scale];
      this.moved = true;
      this.setView([at.x - w / 2, at.y - hgt / 2, w, hgt]);
    }

    zoom(factor, at) {
      if (!this.view) return;
      const [x, y, w, hgt] = this.view;
      const next = Math.max(200, Math.min(Math.max(this.whole[2], this.whole[3] * 2) * 2 + 2000, w * factor)) / w;
      const [px, py] = at || [0.5, 0.5];
      this.moved = true;
      this.setView([x + w * px * (1 - next), y + hgt * py * (1 - next), w * next, hgt * next]);
    }

    wheel(event) {
      if (!this.view) return;
      event.preventDefault();
      const box = this.getBoundingClientRect();
      this.zoom(Math.pow(1.0015, event.deltaY), [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
    }

    pan(event) {
      if (event.button !== 0 || !this.view) return;
      const [x, y, w] = this.view;
      const scale = w / this.clientWidth;
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
      const edge = event.target.closest('[data-edge]');
      this.tell('sx-choose', { node: node ? node.dataset.node : '', edge: !node && edge ? edge.dataset.edge : '' });
    }

    hover(event) {
      const found = event.target.closest && event.target.closest('[data-edge]');
      const edge = found && this.edges.get(found.dataset.edge);
      if (!edge || event.buttons) return sx.tip();
      const name = (id) => sx.nodes.nameOf(this.byId.get(id) || { name: id });
      const line = (key, parts) => h('div', { class: 'row' }, h('span', { class: 'mute' }, key), h('span', { class: 'sp' }), sx.format.text(parts));
      return sx.tip(event.clientX, event.clientY, h('b', null, name(edge.from) + ' → ' + name(edge.to)), line(t('figure.rate'), sx.format.rate(edge.rate)), line(t('figure.errors'), sx.nodes.short(edge.errorShare)), line('p95', sx.format.seconds(edge.p95)),
        edge.network !== null && edge.network !== undefined && line(t('topology.network'), sx.format.seconds(edge.network)), edge.changes && edge.changes.map((c) => line(t('topology.change.' + c.figure), { value: sx.edges.change(c).text, unit: '' })));
    }

    key(event) {
      if (event.key === 'Enter' && this.options && this.options.node) return this.tell('sx-open', this.options.node);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step || !this.order || !this.order.length) return undefined;
      event.preventDefault();
      return this.tell('sx-walk', this.next(event.key, step).id);
    }

    /** Up and down within the layer, left and right to the nearest node of the next. */
    next(key, step) {
      const chosen = this.byId.get(this.options.node);
      if (!chosen) return this.order[0];
      const place = (n) => this.plan.nodes.get(n.id);
      const at = place(chosen);
      if (key === 'ArrowUp' || key === 'ArrowDown') return this.order[(this.order.indexOf(chosen) + step + this.order.length) % this.order.length];
      const beside = this.order.filter((n) => place(n).layer === at.layer + step);
      return beside.sort((a, b) => Math.abs(place(a).y - at.y) - Math.abs(place(b).y - at.y))[0] || chosen;
    }
  }

  sx.define('sx-graph', Graph);
})();
