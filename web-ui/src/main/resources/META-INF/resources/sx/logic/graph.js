/**
 * A layered drawing of a directed graph, callers left of those they call, after Sugiyama, Tagawa and Toda (1981):
 * cut cycles, layer by longest path, pass long edges through dummies, order layers by barycentres, then place.
 */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const SWEEPS = 12;

  /** Width by height of a whole that is put together out of parts. */
  const SHAPE = 1.8;

  /**
   * Positions of nodes and the points edges pass through.
   * gap lies between nodes above each other, lane is the height that a passing edge takes.
   * nodes: [{id}], edges: [{from, to}]; unknown ends and loops are ignored.
   * Answers {nodes: Map id -> {x, y, layer}} (centres), edges: [{edge, points: [[x, y], …]}], width, height}.
   * What does not hang together lies beside and below each other, so that the whole is about as wide as a window.
   */
  function layout(nodes, edges, options) {
    const size = { width: 124, height: 48, column: 198, gap: 40, lane: 10, ...options };
    const parts = split(nodes, edges).map((part) => drawn(part.nodes, part.edges, size));
    return parts.length === 1 ? parts[0] : pack(parts, edges, size);
  }

  function drawn(nodes, edges, size) {
    const graph = read(nodes, edges);
    const forward = cutCycles(graph);
    const layers = layer(graph, forward);
    const chains = addDummies(graph, forward, layers);
    sortLayers(layers, chains);
    place(layers, chains, size);
    return answer(graph, chains, layers, size);
  }

  /** Parts of the graph that no edge joins, by their first nodes; one for a graph without nodes. */
  function split(nodes, edges) {
    const leader = new Map(nodes.map((n) => [n.id, n.id]));
    const lead = (id) => {
      while (leader.get(id) !== id) {
        leader.set(id, leader.get(leader.get(id)));
        id = leader.get(id);
      }
      return id;
    };
    const known = edges.filter((e) => leader.has(e.from) && leader.has(e.to));
    for (const e of known) leader.set(lead(e.to), lead(e.from));
    const parts = new Map();
    for (const n of nodes) {
      const key = lead(n.id);
      if (!parts.has(key)) parts.set(key, { nodes: [], edges: [] });
      parts.get(key).nodes.push(n);
    }
    for (const e of known) parts.get(lead(e.from)).edges.push(e);
    return parts.size ? [...parts.values()] : [{ nodes, edges: [] }];
  }

  /** The widest first, in shelves of strips that are as high as the largest, or as the shape of the whole wants. */
  function pack(parts, edges, size) {
    const columns = (p) => Math.round((p.width - size.width) / size.column) + 1;
    const left = parts.slice().sort((a, b) => columns(b) - columns(a) || b.height - a.height);
    const area = parts.reduce((sum, p) => sum + columns(p) * size.column * (p.height + size.gap), 0);
    const high = Math.max(...parts.map((p) => p.height), (columns(left[0]) * size.column) / SHAPE, Math.sqrt(area / SHAPE));
    const made = { nodes: new Map(), edges: [], width: 0, height: 0 };
    for (let column = 0; left.length; ) {
      const wide = columns(left[0]);
      for (let y = 0, shelf = 0; left.length; y += shelf + size.gap, shelf = 0) {
        let x = 0;
        for (let i = 0; i < left.length; ) {
          const part = left[i];
          if (x + columns(part) > wide || (y > 0 && y + part.height > high)) i++;
          else {
            put(made, part, column + x, y, size);
            left.splice(i, 1);
            x += columns(part);
            shelf = Math.max(shelf, part.height);
          }
        }
        if (!x) break;
      }
      column += wide;
    }
    const order = new Map(edges.map((e, i) => [e, i]));
    made.edges.sort((a, b) => order.get(a.edge) - order.get(b.edge));
    return made;
  }

  function put(made, part, column, y, size) {
    const x = column * size.column;
    part.nodes.forEach((n, id) => made.nodes.set(id, { x: n.x + x, y: n.y + y, layer: n.layer + column }));
    for (const e of part.edges) made.edges.push({ ...e, points: e.points.map(([px, py]) => [px + x, py + y]) });
    made.width = Math.max(made.width, x + part.width);
    made.height = Math.max(made.height, y + part.height);
  }

  function read(nodes, edges) {
    const byId = new Map();
    nodes.forEach((n, index) => byId.set(n.id, { id: n.id, index, out: [], in: [], layer: 0, y: 0 }));
    const kept = [];
    for (const edge of edges) {
      const from = byId.get(edge.from);
      const to = byId.get(edge.to);
      if (from && to && from !== to) kept.push({ edge, from, to });
    }
    return { byId, edges: kept };
  }

  /** Edges with those that close a cycle turned round; a depth-first walk starts at nodes nobody calls. */
  function cutCycles(graph) {
    const outgoing = new Map([...graph.byId.values()].map((n) => [n, []]));
    const called = new Map([...graph.byId.values()].map((n) => [n, 0]));
    for (const e of graph.edges) {
      outgoing.get(e.from).push(e);
      called.set(e.to, called.get(e.to) + 1);
    }
    const state = new Map();
    const starts = [...graph.byId.values()].sort((a, b) => called.get(a) - called.get(b) || a.index - b.index);
    for (const start of starts) {
      if (state.has(start)) continue;
      const stack = [{ node: start, next: 0 }];
      state.set(start, 'open');
      while (stack.length) {
        const top = stack[stack.length - 1];
        const e = outgoing.get(top.node)[top.next++];
        if (!e) {
          state.set(top.node, 'done');
          stack.pop();
        } else if (state.get(e.to) === 'open') {
          e.turned = true;
        } else if (!state.has(e.to)) {
          state.set(e.to, 'open');
          stack.push({ node: e.to, next: 0 });
        }
      }
    }
    return graph.edges.map((e) => (e.turned ? { source: e, from: e.to, to: e.from } : { source: e, from: e.from, to: e.to }));
  }

  function layer(graph, forward) {
    const nodes = [...graph.byId.values()];
    const waiting = new Map(nodes.map((n) => [n, 0]));
    const outgoing = new Map(nodes.map((n) => [n, []]));
    for (const e of forward) {
      waiting.set(e.to, waiting.get(e.to) + 1);
      outgoing.get(e.from).push(e.to);
    }
    const ready = nodes.filter((n) => waiting.get(n) === 0);
    for (let i = 0; i < ready.length; i++) {
      for (const to of outgoing.get(ready[i])) {
        to.layer = Math.max(to.layer, ready[i].layer + 1);
        waiting.set(to, waiting.get(to) - 1);
        if (waiting.get(to) === 0) ready.push(to);
      }
    }
    const layers = [];
    for (const n of nodes) (layers[n.layer] = layers[n.layer] || []).push(n);
    return layers;
  }

  function addDummies(graph, forward, layers) {
    return forward.map((e) => {
      const chain = [e.from];
      for (let l = e.from.layer + 1; l < e.to.layer; l++) {
        const dummy = { dummy: true, out: [], in: [], layer: l, y: 0, index: 0 };
        layers[l].push(dummy);
        chain.push(dummy);
      }
      chain.push(e.to);
      for (let i = 0; i + 1 < chain.length; i++) {
        chain[i].out.push(chain[i + 1]);
        chain[i + 1].in.push(chain[i]);
      }
      return { source: e.source, chain };
    });
  }

  function sortLayers(layers, chains) {
    const number = () => layers.forEach((l) => l.forEach((n, i) => (n.at = i)));
    number();
    let best = layers.map((l) => l.slice());
    let fewest = crossings(layers);
    for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
      const down = sweep % 2 === 0;
      const range = layers.map((_, i) => (down ? i : layers.length - 1 - i));
      for (const l of range) {
        const key = (n) => mean(down ? n.in : n.out, n.at);
        layers[l].sort((a, b) => key(a) - key(b) || a.at - b.at);
        layers[l].forEach((n, i) => (n.at = i));
      }
      const now = crossings(layers);
      if (now < fewest) {
        fewest = now;
        best = layers.map((l) => l.slice());
      }
    }
    best.forEach((l, i) => (layers[i] = l));
    number();
  }

  function mean(neighbours, otherwise) {
    if (!neighbours.length) return otherwise;
    return neighbours.reduce((sum, n) => sum + n.at, 0) / neighbours.length;
  }

  /** Pairs of edges between neighbouring layers that cross, by counting inversions with a Fenwick tree. */
  function crossings(layers) {
    let count = 0;
    for (let l = 0; l + 1 < layers.length; l++) {
      const ends = [];
      for (const n of layers[l]) ends.push(...n.out.filter((t) => t.layer === l + 1).map((t) => t.at).sort((a, b) => a - b));
      const tree = new Array(layers[l + 1].length + 1).fill(0);
      ends.forEach((end, seen) => {
        let atMost = 0;
        for (let i = end + 1; i > 0; i -= i & -i) atMost += tree[i];
        count += seen - atMost;
        for (let i = end + 1; i < tree.length; i += i & -i) tree[i]++;
      });
    }
    return count;
  }

  /** Heights: each node as near to the middle of its neighbours as the order and the gaps allow. */
  function place(layers, chains, size) {
    const room = (n) => (n.dummy ? size.lane : size.height + size.gap);
    for (const l of layers) {
      let y = 0;
      for (const n of l) {
        n.y = y + room(n) / 2;
        y += room(n);
      }
      for (const n of l) n.y -= y / 2;
    }
    for (let round = 0; round < 24; round++) {
      const down = round % 2 === 0;
      const order = layers.map((_, i) => (down ? i : layers.length - 1 - i));
      for (const l of order) {
        const wanted = layers[l].map((n) => {
          const near = down ? n.in : n.out;
          return near.length ? near.reduce((sum, m) => sum + m.y, 0) / near.length : n.y;
        });
        settle(layers[l], wanted, room);
      }
    }
  }

  /** Moves a layer's nodes to where they want to be, least squares under the gaps (pool adjacent violators). */
  function settle(nodes, wanted, room) {
    const offsets = [];
    let offset = 0;
    nodes.forEach((n, i) => {
      if (i > 0) offset += (room(nodes[i - 1]) + room(n)) / 2;
      offsets.push(offset);
    });
    const blocks = [];
    nodes.forEach((n, i) => {
      blocks.push({ sum: wanted[i] - offsets[i], count: 1, first: i });
      while (blocks.length > 1) {
        const last = blocks[blocks.length - 1];
        const before = blocks[blocks.length - 2];
        if (before.sum / before.count <= last.sum / last.count) break;
        before.sum += last.sum;
        before.count += last.count;
        blocks.pop();
      }
    });
    blocks.forEach((b, i) => {
      const end = i + 1 < blocks.length ? blocks[i + 1].first : nodes.length;
      for (let j = b.first; j < end; j++) nodes[j].y = b.sum / b.count + offsets[j];
    });
  }

  function answer(graph, chains, layers, size) {
    let least = Infinity;
    let most = -Infinity;
    for (const l of layers) for (const n of l) {
      least = Math.min(least, n.y);
      most = Math.max(most, n.y);
    }
    if (least > most) least = most = 0;
    const x = (n) => n.layer * size.column + size.width / 2;
    const y = (n) => Math.round((n.y - least + size.height / 2) * 2) / 2;
    const nodes = new Map();
    for (const n of graph.byId.values()) nodes.set(n.id, { x: x(n), y: y(n), layer: n.layer });
    const edges = chains.map(({ source, chain }) => {
      const points = chain.map((n) => [x(n), y(n)]);
      return { edge: source.edge, points: source.turned ? points.reverse() : points, turned: Boolean(source.turned) };
    });
    return { nodes, edges, width: Math.max(0, layers.length - 1) * size.column + size.width, height: most - least + size.height };
  }

  /** Whom a node reaches, forwards or backwards, itself included. */
  function neighbourhood(edges, id, depth) {
    const found = new Set([id]);
    for (const [from, to] of [['from', 'to'], ['to', 'from']]) {
      let edge = [id];
      const seen = new Set(edge);
      for (let step = 0; step < depth && edge.length; step++) {
        edge = edges.filter((e) => edge.includes(e[from]) && !seen.has(e[to])).map((e) => e[to]);
        edge.forEach((n) => seen.add(n));
      }
      seen.forEach((n) => found.add(n));
    }
    return found;
  }

  /**
   * Where each edge's label of some lines fits without covering a node or a label placed before; the first edges choose
   * first. Answers {x, y} of the label's middle for those that fit, null for those that wait for the pointer.
   */
  function labels(edges, nodes, size) {
    const taken = nodes.map((n) => [n.x - size.width / 2 - 2, n.y - size.height / 2 - 2, n.x + size.width / 2 + 2, n.y + size.height / 2 + 2]);
    return edges.map(({ points, width, lines }) => {
      const high = lines * 13;
      for (const at of [0.5, 0.6, 0.4, 0.7, 0.3]) {
        const [x, y] = along(points, at);
        const flat = Math.abs(points[points.length - 1][1] - points[points.length - 2][1]) < 24;
        const above = -high / 2 - 5;
        for (const by of flat ? [above, -above + 2, 0] : [0, above, -above + 2]) {
          const box = [x - width / 2, y + by - high / 2, x + width / 2, y + by + high / 2];
          if (taken.some((other) => overlaps(box, other))) continue;
          taken.push(box);
          return { x, y: y + by };
        }
      }
      return null;
    });
  }

  /** A point of an edge's last stretch, an S from node to node. */
  function along(points, at) {
    const [x0, y0] = points[points.length - 2];
    const [x1, y1] = points[points.length - 1];
    const rise = 3 * at * at - 2 * at * at * at;
    return [x0 + (x1 - x0) * at, y0 + (y1 - y0) * rise];
  }

  function overlaps(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  sx.graph = { layout, neighbourhood, labels };
})();
