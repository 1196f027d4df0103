/** Keeps a drawing of the service graph in its place while the graph changes a little. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** A plan that so many of its first nodes came into or left, a fifth or a few, is drawn anew. */
  const SHARE = 0.2;
  const FEW = 3;

  /**
   * The plan of a graph by that of an earlier one: known nodes and edges stay, vanished ones leave a gap, new nodes stand
   * beside those they call or are called by, new edges pass between the nodes on their way. Null where too much differs.
   * Options are those of sx.graph.layout; of other columns, nodes stay at their heights.
   */
  function keep(plan, nodes, edges, options) {
    const size = { width: 124, height: 48, column: 198, gap: 40, lane: 10, ...options };
    const added = nodes.filter((n) => !plan.nodes.has(n.id));
    const gone = plan.nodes.size - (nodes.length - added.length);
    const drift = (plan.drift || 0) + added.length + gone;
    const first = plan.first || plan.nodes.size;
    if (!plan.nodes.size || drift > Math.max(FEW, first * SHARE)) return null;
    const kept = new Map();
    for (const n of nodes) {
      const at = plan.nodes.get(n.id);
      if (at) kept.set(n.id, stand(at.layer, at.y, size));
    }
    settle(kept, added, edges, size);
    const known = new Map(plan.edges.map((e) => [key(e.edge), e]));
    const columns = byLayer(kept);
    const drawn = edges.filter((e) => e.from !== e.to && kept.has(e.from) && kept.has(e.to)).map((e) => pass(known.get(key(e)), e, kept, columns, size));
    return { nodes: kept, edges: drawn, drift, first, ...bounds(kept, drawn, size) };
  }

  const key = (e) => e.from + '>' + e.to + '>' + (e.type || '');
  const stand = (layer, y, size) => ({ x: layer * size.column + size.width / 2, y, layer });

  /** New nodes, those first that have neighbours in the plan, so that chains of them follow each other. */
  function settle(kept, added, edges, size) {
    let left = added;
    while (left.length) {
      const ready = left.filter((n) => edges.some((e) => (e.from === n.id && kept.has(e.to)) || (e.to === n.id && kept.has(e.from))));
      for (const n of ready.length ? ready : left) kept.set(n.id, place(n.id, kept, edges, size));
      left = left.filter((n) => !kept.has(n.id));
    }
  }

  /** Right of the last of its callers, else left of the first it calls; as near to their heights as there is room. */
  function place(id, kept, edges, size) {
    const at = (e, end) => (e[end] !== id && kept.get(e[end])) || null;
    const callers = edges.filter((e) => e.to === id).map((e) => at(e, 'from')).filter(Boolean);
    const called = edges.filter((e) => e.from === id).map((e) => at(e, 'to')).filter(Boolean);
    const layer = callers.length ? Math.max(...callers.map((n) => n.layer)) + 1 : called.length ? Math.max(0, Math.min(...called.map((n) => n.layer)) - 1) : 0;
    const near = callers.length ? callers : called;
    const column = (byLayer(kept).get(layer) || []).map((n) => n.y);
    const wanted = near.length ? near.reduce((sum, n) => sum + n.y, 0) / near.length : column.length ? Math.max(...column) : size.height / 2;
    return stand(layer, free(wanted, column, size.height + size.gap), size);
  }

  /** The nearest height to one wanted that is so far from all that are taken. */
  function free(wanted, taken, apart) {
    const fits = (y) => taken.every((other) => Math.abs(other - y) >= apart - 0.01);
    const offered = [wanted, ...taken.flatMap((y) => [y - apart, y + apart])].filter(fits);
    return offered.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
  }

  function byLayer(kept) {
    const layers = new Map();
    for (const n of kept.values()) layers.set(n.layer, [...(layers.get(n.layer) || []), n]);
    return layers;
  }

  /** An edge as it passed before where it did, else straight, around the nodes on its way. */
  function pass(before, edge, kept, columns, size) {
    const [from, to] = [kept.get(edge.from), kept.get(edge.to)];
    const step = Math.sign(to.layer - from.layer);
    const steps = Math.abs(to.layer - from.layer);
    if (before && before.points.length === steps + 1) return { edge, turned: before.turned, points: before.points.map(([, y], i) => [(from.layer + step * i) * size.column + size.width / 2, y]) };
    const points = [[from.x, from.y]];
    for (let i = 1; i < steps; i++) {
      const taken = (columns.get(from.layer + step * i) || []).map((n) => n.y);
      points.push([from.x + step * i * size.column, free(from.y + ((to.y - from.y) * i) / steps, taken, size.height / 2 + size.lane)]);
    }
    points.push([to.x, to.y]);
    return { edge, turned: step < 0, points };
  }

  /** What is drawn may reach above the plan's first top, which stays where it is. */
  function bounds(kept, drawn, size) {
    let [top, bottom, right] = [0, 0, 0];
    for (const n of kept.values()) {
      top = Math.min(top, n.y - size.height / 2);
      bottom = Math.max(bottom, n.y + size.height / 2);
      right = Math.max(right, n.x + size.width / 2);
    }
    for (const { points } of drawn) {
      for (const [, y] of points) {
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
      }
    }
    return { top, width: right, height: bottom - top };
  }

  Object.assign(sx.graph, { keep });
})();
