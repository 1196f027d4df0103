/**
 * The part of the service graph that is elements: of a small graph all of it. Of a large one, whose picture is the
 * backdrop's, nodes near enough to read and what is chosen or pointed at.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { s } = sx;
  const BAD = 0.02;

  /** From this scale on the nodes of a large graph are elements; so many are made in a frame. */
  const NEAR = 0.6;
  const AT_ONCE = 24;

  /** Labels at most, of a small graph and of a large one; edges of the node chosen in a large one. */
  const LABELS = 400;
  const FEW_LABELS = 80;
  const OWN = 300;

  /** Elements painted for another scale are shown within this factor of it, until the view rests. */
  const STRETCH = 1.4;

  /** Below this scale a small graph's nodes have nothing but their names, in large letters. */
  const FAR = 0.5;

  class Scene {
    constructor() {
      [this.edges, this.labels, this.nodes] = [s('g'), s('g'), s('g')];
      this.svg = s('svg', { class: 'ch topo', role: 'presentation' }, sx.arrows.markers(), this.edges, this.labels, this.nodes);
    }

    /** Shows {edges, nodes, plan, heavy}; only what differs from before is touched. */
    show(model, options) {
      this.model = model;
      this.options = options;
      if (this.zone || !model.heavy) this.fill();
    }

    /** The edge under the pointer; empty for none. */
    hover(key) {
      if (this.hovered === key) return;
      this.hovered = key;
      if (this.zone) this.fill();
    }

    /** Shows a view at so many pixels; a large graph's elements move as they are, and are filled up when it rests. */
    move(view, size, rests) {
      const scale = size[0] / view[2];
      const { heavy } = this.model;
      this.svg.classList.toggle('heavy', heavy);
      const resized = !this.anchor || this.size.join() !== size.join();
      const zoomed = resized || !alike(scale, this.scale);
      const stretch = scale / this.scale;
      if (!heavy || resized || (rests && zoomed)) this.settle(view, size);
      else this.svg.style.transform = moved(this.anchor, this.scale, view, scale);
      this.svg.style.visibility = heavy && !rests && (stretch > STRETCH || stretch < 1 / STRETCH) ? 'hidden' : '';
      if (this.svg.style.visibility) return;
      if (!heavy) return;
      if (!rests) cancelAnimationFrame(this.growing);
      else if (zoomed || !this.isFull || this.near !== scale >= NEAR || !sx.hits.holds(this.zone, view)) {
        this.near = scale >= NEAR;
        this.zone = sx.hits.around(view, 0.25);
        this.fill();
      }
    }

    settle(view, size) {
      const scale = size[0] / view[2];
      Object.assign(this, { anchor: view, size, scale });
      this.svg.style.transform = '';
      this.svg.classList.toggle('far', scale < FAR);
      this.svg.classList.toggle('farther', scale < FAR / 2);
      this.svg.setAttribute('viewBox', view.map((v) => v.toFixed(1)).join(' '));
      if (this.far === scale < FAR) return;
      this.far = scale < FAR;
      if (!this.model.heavy) this.fill();
    }

    fill() {
      const { options } = this;
      const { edges, nodes } = this.picked();
      sx.keyed(this.edges, edges.map((e) => {
        const look = { ...e.look, pointed: e.key === this.hovered };
        return { key: e.key, sign: [e.shape.d, e.edge.state, ...Object.values(look)].join(), make: () => sx.arrows.draw(e, look) };
      }));
      this.label(edges, nodes);
      const drawn = nodes.map(({ node, at }) => {
        const as = { on: options.node === node.id, dim: options.dim(node), changed: options.difference, far: this.far && !this.model.heavy };
        return { key: node.id, sign: sx.nodes.sign(node, at, as), make: () => sx.nodes.draw(node, at, as) };
      });
      this.isFull = sx.keyed(this.nodes, drawn, this.model.heavy ? AT_ONCE : undefined);
      cancelAnimationFrame(this.growing);
      if (!this.isFull) this.growing = requestAnimationFrame(() => this.fill());
    }

    /** What is an element now; the node chosen comes first, as only so many are made at once. */
    picked() {
      const { model, options, zone, near } = this;
      if (!model.heavy) return model;
      const { W, H } = sx.nodes;
      const own = ({ edge, key }) => key === options.edge || key === this.hovered || (options.node && (edge.from === options.node || edge.to === options.node));
      const inZone = ({ at }) => near && sx.hits.meets([at.x - W / 2, at.y - H / 2, at.x + W / 2, at.y + H / 2], zone);
      const chosen = model.nodes.filter(({ node }) => node.id === options.node);
      const nodes = model.nodes.filter((n) => n.node.id !== options.node && inZone(n));
      return { edges: model.edges.filter(own).slice(0, OWN), nodes: chosen.concat(nodes) };
    }

    /** Rate, errors where there are many, and p95, where there is room; bad and busy edges first. */
    label(edges, nodes) {
      const { options, model, near, zone } = this;
      const shown = model.heavy ? (near ? model.edges.filter((e) => sx.hits.meets(e.shape.end, zone)) : []) : edges;
      const own = ({ edge, shape }) => !shape.loop && (!options.node || edge.from === options.node || edge.to === options.node) && (!options.difference || edge.state !== 'same');
      const weight = ({ edge }) => ((options.difference ? edge.state === 'changed' : edge.errorShare > BAD) ? 1e9 : 0) + (edge.rate || 0);
      const wanted = shown.filter(own).sort((a, b) => weight(b) - weight(a)).slice(0, model.heavy ? FEW_LABELS : LABELS);
      const made = wanted.map(({ key, edge, shape }) => {
        const texts = options.difference ? sx.arrows.changes(edge) : sx.arrows.figures(edge);
        return { key, points: shape.last, lines: texts.length, width: Math.max(...texts.map(([text]) => text.length)) * 6.5, texts };
      });
      const found = sx.graph.labels(made, nodes.map(({ at }) => at), { width: sx.nodes.W, height: sx.nodes.H });
      sx.keyed(this.labels, made.flatMap(({ key, texts }, i) => (found[i] ? [{ key, sign: [found[i].x, found[i].y, ...texts].join(), make: () => draw(found[i], texts) }] : [])));
    }
  }

  function draw({ x, y }, texts) {
    return s('g', { class: 'el' }, texts.map(([text, type], n) => s('text', { class: type + ' halo', x, y: y - (texts.length * 13) / 2 + 10 + n * 13, 'text-anchor': 'middle' }, text)));
  }

  const alike = (a, b) => Math.abs(a / b - 1) < 1e-6;

  /** How what was painted from a point on at a scale lies in a view; whole pixels where it is as large, which keeps texts sharp. */
  function moved([x, y], painted, view, scale) {
    const by = [(x - view[0]) * scale, (y - view[1]) * scale];
    const [left, top] = alike(scale, painted) ? by.map(Math.round) : by;
    return 'translate(' + left + 'px,' + top + 'px) scale(' + scale / painted + ')';
  }

  sx.Scene = Scene;
  sx.scene = { moved, alike, NEAR };
})();
