/**
 * The service graph as a picture that is panned, zoomed and walked by keys. A small one is elements; of a large one the
 * backdrop paints everything and elements are what is near and what is chosen. Fires sx-choose with a node's or an edge's key.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;

  /** From so many nodes on rows stand closer. */
  const MANY = 60;

  /** From so many nodes or edges on a picture is a large one, painted sharp when it has rested for so many milliseconds. */
  const HEAVY = 150;
  const HEAVY_EDGES = 500;
  const REST = 140;

  /** Between columns of a difference, whose labels are longer. */
  const WIDE = 270;

  /** Pixels beside an edge of a large picture that still are the edge. */
  const REACH = 7;

  /** Layouts kept, so that going back shows what was there. */
  const PLANS = 6;

  class Graph extends HTMLElement {
    connectedCallback() {
      this.className = 'tcs';
      for (const [name, value] of Object.entries({ tabindex: '0', role: 'group', 'aria-label': t('topology.graph') })) this.setAttribute(name, value);
      if (this.ready) return;
      this.ready = true;
      this.plans = new Map();
      this.scene = new sx.Scene();
      this.backdrop = new sx.Backdrop((is) => this.setAttribute('aria-busy', String(is)));
      this.panning = new sx.Panning(this, (view) => this.setView(view));
      this.addEventListener('click', (e) => this.clicked(e));
      this.addEventListener('dblclick', (e) => this.opened(e));
      this.addEventListener('keydown', (e) => this.key(e));
      this.addEventListener('pointermove', (e) => this.hover(e));
      this.addEventListener('pointerleave', () => this.point(null));
      this.resize = new ResizeObserver(() => this.model && this.isConnected && this.look());
      this.resize.observe(this);
      sx.put(this, this.backdrop.place, this.scene.svg);
    }

    disconnectedCallback() {
      clearTimeout(this.resting);
      sx.tip();
    }

    tell(event, detail) {
      this.dispatchEvent(new CustomEvent(event, { detail }));
    }

    /** Shows a graph; where its nodes and edges are others, the old picture stays until they are laid out. */
    show(graph, options) {
      const { nodes, edges } = graph;
      const key = JSON.stringify([options.difference, nodes.map((n) => n.id).sort(), edges.map((e) => sx.groups.key(e)).sort()]);
      this.latest = [graph, options];
      if (key === this.structure) {
        this.wanted = key;
        return this.draw();
      }
      if (key === this.wanted) return undefined;
      this.wanted = key;
      const size = { gap: nodes.length > MANY ? 14 : 40, column: options.difference ? WIDE : nodes.length > MANY ? 220 : 198 };
      const known = this.plans.has(key) ? this.plans.get(key).plan : this.plan && sx.graph.keep(this.plan, nodes, edges, size);
      if (known) return this.adopt(key, { plan: known, millis: 0, kept: true });
      const found = sx.layout(nodes, edges, size);
      if (!(found instanceof Promise)) return this.adopt(key, found);
      this.setAttribute('aria-busy', 'true');
      return found.then((later) => this.wanted === key && this.isConnected && this.adopt(key, later));
    }

    /** A plan that was kept is no reason to move the view. */
    adopt(key, { plan, millis, kept }) {
      const fits = !kept || !this.plan || this.plan.nodes.size > 2 * plan.nodes.size || plan.nodes.size > 2 * this.plan.nodes.size;
      this.structure = this.wanted = key;
      this.point(null);
      this.plan = plan;
      this.layoutMillis = millis;
      const before = this.plans.get(key);
      this.shapes = before && before.plan === plan ? before.shapes : sx.shapes(plan, this.latest[0].edges);
      this.plans.delete(key);
      this.plans.set(key, { plan, shapes: this.shapes });
      if (this.plans.size > PLANS) this.plans.delete(this.plans.keys().next().value);
      if (fits) this.panning.moved = false;
      this.setAttribute('aria-busy', 'false');
      this.draw();
      if (this.later) this.centre(this.later);
      this.later = '';
    }

    draw() {
      const [{ nodes, edges }, options] = this.latest;
      const { plan } = this;
      this.options = options;
      this.byId = new Map(nodes.map((n) => [n.id, n]));
      const drawn = edges.map((edge) => {
        const key = sx.groups.key(edge);
        return { key, edge, shape: this.shapes.get(key), look: sx.arrows.look(edge, key, options) };
      });
      const heavy = nodes.length >= HEAVY || edges.length >= HEAVY_EDGES;
      this.model = { heavy, edges: drawn, nodes: nodes.map((node) => ({ node, at: plan.nodes.get(node.id) })) };
      this.order = nodes.slice().sort((a, b) => plan.nodes.get(a.id).layer - plan.nodes.get(b.id).layer || plan.nodes.get(a.id).y - plan.nodes.get(b.id).y);
      this.backdrop.place.hidden = !heavy;
      if (heavy) this.backdrop.show(this.model, options);
      this.scene.show(this.model, options);
      if (options.node) this.setAttribute('aria-activedescendant', 'sx-chosen-node');
      else this.removeAttribute('aria-activedescendant');
      this.panning.whole = [-16, (plan.top || 0) - 28, plan.width + 32, plan.height + 44];
      this.look();
    }

    look() {
      if (this.panning.moved) this.panning.again();
      else this.fit();
    }

    setView(view) {
      if (String(this.view) !== String(view)) this.point(null);
      this.view = view;
      clearTimeout(this.resting);
      const size = this.panning.size();
      const { heavy } = this.model;
      this.scene.move(view, size, !heavy);
      if (!heavy) return;
      this.backdrop.move(view, size, false);
      this.resting = setTimeout(() => {
        this.scene.move(view, size, true);
        this.backdrop.move(view, size, true);
      }, REST);
    }

    fit() {
      if (this.model) this.panning.fit();
    }

    zoom(factor) {
      if (this.model) this.panning.zoom(factor);
    }

    /** Moves a node to the middle, large enough to read. */
    centre(id) {
      const at = this.plan && this.structure === this.wanted && this.plan.nodes.get(id);
      if (at) this.panning.centre(at);
      else this.later = id;
    }

    get moved() {
      return this.panning.moved;
    }

    get whole() {
      return this.panning.whole;
    }

    /** The whole graph as one SVG: the picture's own, or of a large graph one made for it, for the caller to remove. */
    drawing() {
      if (!this.model.heavy) return { svg: this.scene.svg, done() {} };
      const all = new sx.Scene();
      all.show({ ...this.model, heavy: false }, this.options);
      all.svg.classList.add('aside');
      this.append(all.svg);
      return { svg: all.svg, done: () => all.svg.remove() };
    }

    /** What is under the pointer: {node} or {edge}, by their keys. */
    at(event) {
      if (!this.model) return {};
      if (!this.model.heavy) {
        const node = event.target.closest('.node');
        const edge = event.target.closest('[data-edge]');
        return { node: node ? node.dataset.node : '', edge: !node && edge ? edge.dataset.edge : '' };
      }
      const box = this.getBoundingClientRect();
      const [x, y, w, hgt] = this.view;
      const [px, py] = [x + ((event.clientX - box.left) / box.width) * w, y + ((event.clientY - box.top) / box.height) * hgt];
      const { W, H } = sx.nodes;
      const node = this.model.nodes.find(({ at }) => Math.abs(at.x - px) <= W / 2 && Math.abs(at.y - py) <= H / 2);
      if (node) return { node: node.node.id, edge: '' };
      const edge = sx.hits.nearest(this.shapes.values(), px, py, (REACH * w) / box.width);
      return { node: '', edge: edge ? edge.key : '' };
    }

    clicked(event) {
      if (this.panning.dragged) return;
      this.point(null);
      this.tell('sx-choose', this.at(event));
    }

    opened(event) {
      const { node } = this.at(event);
      if (node) this.tell('sx-open', node);
    }

    hover(event) {
      if (event.buttons || !this.model) return this.point(null);
      if (this.pointer) cancelAnimationFrame(this.pointer);
      const [x, y] = [event.clientX, event.clientY];
      const found = this.at(event);
      this.pointer = requestAnimationFrame(() => this.point(found, x, y));
      return undefined;
    }

    /** Says what the pointer is on; a node near enough to read says so itself. */
    point(found, x, y) {
      cancelAnimationFrame(this.pointer);
      const { heavy } = this.model || {};
      const edge = found && this.model.edges.find((e) => e.key === found.edge);
      const node = found && heavy && !this.scene.near && this.byId.get(found.node);
      if (heavy) {
        this.scene.hover(edge ? edge.key : '');
        this.style.cursor = found && (found.node || found.edge) ? 'pointer' : '';
      }
      if (edge) sx.tip(x, y, ...this.told(edge.edge));
      else if (node) sx.tip(x, y, h('b', null, sx.nodes.nameOf(node)), h('div', { class: 'mute' }, t('node.' + node.kind) + ' · ' + sx.nodes.figures(node)));
      else sx.tip();
    }

    told(edge) {
      const name = (id) => sx.nodes.nameOf(this.byId.get(id) || { name: id });
      const line = (key, parts) => h('div', { class: 'row' }, h('span', { class: 'mute' }, key), h('span', { class: 'sp' }), sx.format.text(parts));
      return [h('b', null, name(edge.from) + ' → ' + name(edge.to)), line(t('figure.rate'), sx.format.rate(edge.rate)), line(t('figure.errors'), sx.nodes.short(edge.errorShare)), line('p95', sx.format.seconds(edge.p95)),
        edge.network !== null && edge.network !== undefined && line(t('topology.network'), sx.format.seconds(edge.network)), edge.changes && edge.changes.map((c) => line(t('topology.change.' + c.figure), { value: sx.edges.change(c).text, unit: '' }))];
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
