/**
 * A large service graph painted on a canvas: its edges and, as boxes, its nodes. It is painted in pieces of a few
 * milliseconds on a canvas out of sight, which then takes the other's place; until then the old picture moves with the view.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h } = sx;

  /** Milliseconds a piece may take while the view moves and while it rests; things painted between looks at the clock. */
  const MOVING = 7;
  const RESTING = 30;
  const STRIDE = 20;

  /** So many milliseconds after it moved a view rests. */
  const REST = 120;

  /** What is painted beyond the view at each side, as a share of it; and how much of that may be used up before the next. */
  const BEYOND = 0.35;
  const LEFT = 0.1;

  /** A picture is good for scales within this factor. */
  const STRETCH = 1.5;

  /** From this scale on a box has its name in it; below it is filled with its colour. */
  const NAMED = 0.24;

  /** How far a name may run beyond its box. */
  const BEHIND = 64;
  const COLOURS = ['surface', 'text', 'text-3', 'text-4', 'line-3', 'error', 'warn', 'ok', 'accent'];

  class Backdrop {
    /** busy is told whether something is being painted. */
    constructor(busy) {
      this.busy = busy;
      this.front = h('canvas');
      this.back = h('canvas');
      this.place = h('div', { class: 'tback', 'aria-hidden': 'true' }, this.front, this.back);
    }

    /** Shows {edges, nodes}; what looks as before is not painted again. */
    show(model, options) {
      this.model = model;
      this.options = options;
      const sign = signOf(model, options);
      if (sign === this.sign) return;
      this.sign = sign;
      this.stop();
      if (this.view) this.paint();
    }

    stop() {
      cancelAnimationFrame(this.running);
      this.running = 0;
    }

    move(view, size, rests) {
      if (this.view !== view) this.movedAt = performance.now();
      this.view = view;
      this.size = size;
      this.follow();
      if (!this.running && !this.isGood(rests)) this.paint();
    }

    /** Pixels of a unit of the plane. */
    scale() {
      return this.size[0] / this.view[2];
    }

    follow() {
      if (this.painted) this.front.style.transform = sx.scene.moved(this.painted.zone, this.painted.scale, this.view, this.scale());
    }

    isGood(rests) {
      if (!this.painted || this.painted.sign !== this.sign) return false;
      const stretch = this.scale() / this.painted.scale;
      if (stretch > STRETCH || stretch < 1 / STRETCH || (rests && !sx.scene.alike(stretch, 1))) return false;
      return sx.hits.holds(this.painted.zone, sx.hits.around(this.view, LEFT));
    }

    /** Starts to paint the view as it is now. */
    paint() {
      const { view, size, sign } = this;
      const zone = sx.hits.around(view, BEYOND);
      const scale = this.scale();
      const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
      const [w, hgt] = size.map((pixels) => Math.ceil(pixels * (1 + 2 * BEYOND)));
      const pen = this.clear(w, hgt, ratio);
      pen.setTransform(scale * ratio, 0, 0, scale * ratio, -zone[0] * scale * ratio, -zone[1] * scale * ratio);
      const painter = new Painter(pen, scale, zone, this.options);
      const steps = painter.steps(this.model);
      this.busy(true);
      let next = 0;
      const piece = () => {
        const began = performance.now();
        const budget = began - this.movedAt < REST ? MOVING : RESTING;
        while (next < steps.length && performance.now() - began < budget) {
          for (const end = Math.min(steps.length, next + STRIDE); next < end; next++) steps[next]();
          pen.getImageData(0, 0, 1, 1);
        }
        this.running = next < steps.length ? requestAnimationFrame(piece) : 0;
        if (!this.running) this.finish({ zone, scale, sign });
      };
      this.running = requestAnimationFrame(piece);
    }

    /** The canvas out of sight, empty and so large; answers its context. */
    clear(width, height, ratio) {
      const pen = this.back.getContext('2d', { willReadFrequently: true });
      const [w, h_] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
      if (this.back.width === w && this.back.height === h_) {
        pen.setTransform(1, 0, 0, 1, 0, 0);
        pen.clearRect(0, 0, w, h_);
      } else {
        Object.assign(this.back, { width: w, height: h_ });
        Object.assign(this.back.style, { width: width + 'px', height: height + 'px' });
      }
      return pen;
    }

    finish(painted) {
      [this.front, this.back] = [this.back, this.front];
      this.painted = painted;
      this.follow();
      this.front.style.visibility = 'visible';
      this.back.style.visibility = 'hidden';
      if (this.isGood(false)) this.busy(false);
      else this.paint();
    }
  }

  function signOf({ edges, nodes }, options) {
    const scheme = COLOURS.map(sx.token).join();
    const lines = edges.map(({ key, look, shape }) => [key, shape.number, look.tone, look.width, look.faint, look.dashed].join());
    const boxes = nodes.map(({ node, at }) => [at.x, at.y, node.name, node.kind, node.hue, node.health, node.state, options.dim(node)].join());
    return [scheme, options.difference, options.searching, lines.join(';'), boxes.join(';')].join('\n');
  }

  class Painter {
    constructor(pen, scale, zone, options) {
      Object.assign(this, { pen, scale, zone, options, colours: Object.fromEntries(COLOURS.map((name) => [name, sx.token(name)])) });
      this.hues = new Map();
      this.font = getComputedStyle(document.body).fontFamily;
    }

    /** What is to be painted, undermost first. */
    steps({ edges, nodes }) {
      const { W, H } = sx.nodes;
      const { zone } = this;
      const shown = edges.filter(({ shape }) => sx.hits.meets(shape.box, zone));
      const rank = ({ look }) => (look.faint ? 0 : look.tone === 'plain' ? 1 : 2);
      const boxes = nodes.filter(({ at }) => sx.hits.meets([at.x - W / 2, at.y - H / 2, at.x + W / 2, at.y + H / 2], zone));
      const found = this.options.searching ? boxes.filter(({ node }) => !this.options.dim(node)) : [];
      return [...shown.sort((a, b) => rank(a) - rank(b)).map((e) => () => this.edge(e)), ...boxes.map((n) => () => this.node(n)), ...found.map((n) => () => this.find(n))];
    }

    edge({ shape, look }) {
      const { pen, scale } = this;
      const far = look.tone === 'plain' ? Math.min(0.8, 0.12 + scale * 1.2) : 0.9;
      pen.globalAlpha = look.faint ? 0.16 : far;
      pen.strokeStyle = this.colours[sx.arrows.colour(look.tone)];
      pen.lineWidth = Math.max(look.width, (look.tone === 'plain' ? 0.6 : 1.2) / scale);
      pen.setLineDash(look.dashed ? [6, 4].map((d) => Math.max(d, 3 / scale)) : []);
      this.trace(shape.curves);
      pen.stroke();
      if (!look.faint && scale > 0.3) this.arrow(shape);
    }

    /** The curves of an edge that come into the zone: most of a long one's do not. */
    trace(curves) {
      const { pen, zone } = this;
      const [left, top, right, bottom] = [zone[0], zone[1], zone[0] + zone[2], zone[1] + zone[3]];
      pen.beginPath();
      let joined = false;
      for (const [x0, y0, x1, y1, x2, y2, x3, y3] of curves) {
        const meets = Math.min(x0, x1, x2, x3) <= right && Math.max(x0, x1, x2, x3) >= left && Math.min(y0, y1, y2, y3) <= bottom && Math.max(y0, y1, y2, y3) >= top;
        if (meets && !joined) pen.moveTo(x0, y0);
        if (meets) pen.bezierCurveTo(x1, y1, x2, y2, x3, y3);
        joined = meets;
      }
    }

    arrow({ tip, turned, loop }) {
      if (loop) return;
      const back = turned ? 7 : -7;
      this.pen.fillStyle = this.pen.strokeStyle;
      this.pen.fill(new Path2D('M' + tip.join(' ') + 'l' + back + ' -3.5v7z'));
    }

    hue(number) {
      const name = 'svc-' + sx.hue(number);
      if (!this.hues.has(name)) this.hues.set(name, sx.token(name));
      return this.hues.get(name);
    }

    node({ node, at }) {
      const { pen, scale, colours, options } = this;
      const { W, H } = sx.nodes;
      const near = scale >= sx.scene.NEAR;
      const dim = options.dim(node);
      if (near && dim) return;
      pen.save();
      pen.translate(at.x - W / 2, at.y - H / 2);
      pen.globalAlpha = dim || (options.difference && node.state === 'same' && !near) ? 0.3 : 1;
      const colour = this.colour(node);
      const far = scale < NAMED && sx.edges.isService(node) && !options.difference;
      pen.fillStyle = far && !near ? colour : colours.surface;
      const rim = this.rim(node);
      pen.strokeStyle = this.colours[rim];
      pen.setLineDash(node.kind === 'external' || node.state === 'vanished' ? [5, 3].map((d) => Math.max(d, 2 / scale)) : []);
      pen.lineWidth = Math.max(1, (rim === 'line-3' ? 0.8 : 1.8) / scale);
      const outline = path(node.kind);
      pen.fill(outline);
      pen.stroke(outline);
      if (!near && !far && sx.edges.isService(node)) this.stripe(colour);
      if (scale >= NAMED) this.name(node);
      pen.restore();
    }

    /** What was searched for is seen from afar. */
    find({ at }) {
      const { pen, scale } = this;
      const { W, H } = sx.nodes;
      const by = 3 / scale;
      pen.globalAlpha = 1;
      pen.setLineDash([]);
      pen.strokeStyle = this.colours.accent;
      pen.lineWidth = 2 / scale;
      pen.strokeRect(at.x - W / 2 - by, at.y - H / 2 - by, W + 2 * by, H + 2 * by);
    }

    colour(node) {
      return sx.edges.isService(node) ? this.hue(node.hue) : this.colours['text-4'];
    }

    /** Red is for what is ill and, in a difference, no colour but its sign's. */
    rim(node) {
      const { options } = this;
      const state = options.difference && { new: 'ok', vanished: 'text-3', changed: 'warn' }[node.state];
      return state || (node.health === 'critical' && !options.difference ? 'error' : 'line-3');
    }

    stripe(colour) {
      this.pen.fillStyle = colour;
      this.pen.fillRect(1, 2, 6, sx.nodes.H - 4);
    }

    /** At least 9 pixels high; where that is large for the box it runs on into the space behind it. */
    name(node) {
      const { pen, scale, colours } = this;
      const size = Math.max(13, 9 / scale);
      const room = sx.nodes.W - 16 + (size > 13 ? BEHIND : 0);
      const text = sx.nodes.cut(sx.nodes.nameOf(node), (room * 13) / size);
      pen.setLineDash([]);
      pen.font = '600 ' + size + 'px ' + this.font;
      pen.textBaseline = 'middle';
      if (size > 13) {
        pen.strokeStyle = colours.surface;
        pen.lineWidth = 3 / scale;
        pen.lineJoin = 'round';
        pen.strokeText(text, 11, sx.nodes.H / 2);
      }
      pen.fillStyle = colours.text;
      pen.fillText(text, 11, sx.nodes.H / 2);
    }
  }

  const paths = new Map();

  function path(kind) {
    const d = sx.nodes.outline(kind);
    if (!paths.has(d)) paths.set(d, new Path2D(d));
    return paths.get(d);
  }

  sx.Backdrop = Backdrop;
})();
