/** Groups of the service graph: services of a namespace, or whose names begin alike, as one node each. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const SERVICES = ['service', 'gateway'];

  /** From so many that lie between groups on, what is no service is grouped by its kind. */
  const SHARED = 4;
  const WORST = ['critical', 'warning', 'healthy', 'nodata'];

  /**
   * The group of each node, as a Map from id; nodes without one are left out. A service's is its namespace, else the first
   * word of its name where others share it. What is no service belongs to the group that all of its neighbours are of, else
   * to one of its kind, `kind:` before that.
   */
  function assign(nodes, edges) {
    const found = new Map();
    const words = new Map();
    for (const n of nodes) {
      if (!SERVICES.includes(n.kind) || n.namespace) continue;
      const word = first(n.name);
      if (word) words.set(word, (words.get(word) || 0) + 1);
    }
    for (const n of nodes) {
      if (!SERVICES.includes(n.kind)) continue;
      const group = n.namespace || (words.get(first(n.name)) > 1 ? first(n.name) : '');
      if (group) found.set(n.id, group);
    }
    const beside = new Map();
    const meet = (id, other) => beside.set(id, (beside.get(id) || new Set()).add(found.get(other) || ''));
    for (const e of edges) {
      meet(e.from, e.to);
      meet(e.to, e.from);
    }
    for (const n of nodes) {
      const all = beside.get(n.id);
      if (!SERVICES.includes(n.kind) && all && all.size === 1) {
        const [group] = all;
        if (group) found.set(n.id, group);
      }
    }
    const between = nodes.filter((n) => !SERVICES.includes(n.kind) && n.kind !== 'client' && !found.has(n.id));
    for (const n of between) {
      if (between.filter((other) => other.kind === n.kind).length >= SHARED) found.set(n.id, 'kind:' + n.kind);
    }
    const sizes = new Map();
    found.forEach((group) => sizes.set(group, (sizes.get(group) || 0) + 1));
    return new Map([...found].filter(([, group]) => sizes.get(group) > 1));
  }

  function first(name) {
    const word = /^([^-._/ ]{2,})[-._/ ]/.exec(name);
    return word ? word[1] : '';
  }

  /**
   * The graph with each group that is not open as one node, `group:` before its name; calls between two ends are one edge,
   * calls within a group none.
   */
  function collapse({ nodes, edges }, open) {
    const groups = assign(nodes, edges);
    const end = (id) => (groups.has(id) && !open.includes(groups.get(id)) ? 'group:' + groups.get(id) : id);
    const kept = [];
    const made = new Map();
    for (const n of nodes) {
      const id = end(n.id);
      if (id === n.id) kept.push(groups.has(n.id) ? { ...n, group: groups.get(n.id) } : n);
      else if (!made.has(id)) made.set(id, { id, name: groups.get(n.id), kind: 'group', members: [n], health: n.health, rate: null, errorShare: null, p95: null });
      else made.get(id).members.push(n);
    }
    const outside = edges.map((e) => moved(e, end(e.from), end(e.to))).filter((e) => e.from !== e.to || !made.has(e.from));
    const between = merge(outside);
    for (const g of made.values()) {
      g.health = WORST.find((health) => g.members.some((n) => n.health === health)) || 'nodata';
      const [calls] = merge(between.filter((e) => e.to === g.id).map((e) => ({ ...e, from: '', type: '' })));
      if (calls) Object.assign(g, { rate: calls.rate, errorShare: calls.errorShare, p95: calls.p95 });
      g.state = g.members.every((n) => n.state === g.members[0].state) ? g.members[0].state : g.members.some((n) => n.state && n.state !== 'same') ? 'changed' : 'same';
    }
    return { nodes: [...made.values(), ...kept], edges: between };
  }

  /** An edge with other ends; between groups the type tells nothing apart. */
  function moved(edge, from, to) {
    return from === edge.from && to === edge.to ? edge : { ...edge, from, to, type: '', merged: true, network: null };
  }

  /** Edges of the same ends and type as one: rates added, errors by rate, the longest p95. */
  function merge(edges) {
    const made = new Map();
    for (const e of edges) {
      const key = sx.groups.key(e);
      const same = made.get(key);
      if (!same) made.set(key, { ...e });
      else made.set(key, both(same, e));
    }
    return [...made.values()];
  }

  function both(a, b) {
    const sum = (x, y) => (x === null || x === undefined ? y : y === null || y === undefined ? x : x + y);
    const most = (x, y) => (x === null || x === undefined ? y : y === null || y === undefined ? x : Math.max(x, y));
    const rate = sum(a.rate, b.rate);
    const errors = (a.errorShare || 0) * (a.rate || 0) + (b.errorShare || 0) * (b.rate || 0);
    return {
      ...a, merged: true, rate, calls: sum(a.calls, b.calls), errorShare: rate ? errors / rate : sum(a.errorShare, b.errorShare), network: null,
      p50: most(a.p50, b.p50), p95: most(a.p95, b.p95), p99: most(a.p99, b.p99), changes: [], before: null,
      state: a.state === b.state ? a.state : a.state && 'changed', tally: tally(a, b),
    };
  }

  /** Of a difference, how many edges that are one are new, vanished, changed, and changed for the worse. */
  function tally(...edges) {
    const sum = { new: 0, vanished: 0, changed: 0, worse: 0 };
    for (const e of edges) {
      const worse = (e.changes || []).some((c) => c.figure !== 'rate' && c.absolute > 0);
      const own = e.tally || { [e.state]: 1, worse: Number(worse) };
      for (const key of Object.keys(sum)) sum[key] += own[key] || 0;
    }
    return sum;
  }

  sx.groups = {
    assign,
    collapse,
    merge,

    /** What names an edge in an address. */
    key(edge) {
      return edge.from + '>' + edge.to + (edge.type ? '>' + edge.type : '');
    },
  };
})();
