/** How the edges of a laid out graph run. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  let made = 0;

  /**
   * Each edge's way by its key: {key, curves, d, line, box, loop, turned, tip, last, end}: d as SVG writes it, line and box as
   * sx.hits has them, tip where it ends, last its last stretch and end the box around that. Edges of one pair of nodes lie
   * beside each other, loops above their node. number tells plans apart.
   */
  sx.shapes = function (plan, edges) {
    const number = ++made;
    const points = new Map(plan.edges.map((e) => [sx.groups.key(e.edge), e]));
    const pairs = new Map();
    const shapes = new Map();
    for (const edge of edges) {
      const key = sx.groups.key(edge);
      const at = points.get(key);
      const pair = [edge.from, edge.to].sort().join('>');
      const by = (pairs.get(pair) || 0) * 14;
      if (at) pairs.set(pair, (pairs.get(pair) || 0) + 1);
      const way = at ? { turned: at.turned, points: at.points.map(([x, y]) => [x, y + by]) } : { loop: plan.nodes.get(edge.from) };
      const curves = sx.arrows.curves(way);
      const tip = curves[curves.length - 1].slice(6);
      shapes.set(key, new Shape({ key, number, curves, box: sx.hits.box(curves), loop: Boolean(way.loop), turned: Boolean(way.turned), tip, ...stretch(way) }));
    }
    return shapes;
  };

  /** What of an edge's way is asked for late, or never. */
  class Shape {
    constructor(given) {
      Object.assign(this, given);
    }

    get d() {
      return (this.path = this.path || sx.arrows.written(this.curves));
    }

    get line() {
      return (this.pieces = this.pieces || sx.hits.outline(this.curves));
    }
  }

  /** The last stretch without the nodes at its ends, where an edge's label goes. */
  function stretch({ points, loop }) {
    if (loop) return { last: [], end: [0, 0, 0, 0] };
    const last = points.slice(-2).map((p) => p.slice());
    const side = Math.sign(last[1][0] - last[0][0]) || 1;
    if (points.length === 2) last[0][0] += (side * sx.nodes.W) / 2;
    last[1][0] -= (side * sx.nodes.W) / 2;
    const [[ax, ay], [bx, by]] = last;
    return { last, end: [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)] };
  }
})();
