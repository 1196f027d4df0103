/** A trace as a tree: order, self time, what shows of it. Times are nanoseconds from its start. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /**
   * The tree of a trace as the API gives it, clocks of hosts set right. Spans whose parent is absent become roots and are marked orphan;
   * rings of parents are cut. The answer's nodes are in the order of a waterfall, children by start.
   */
  function build(trace) {
    const nodes = trace.spans.map((span, index) => ({ span, index, children: [], parent: null }));
    for (const node of nodes) node.at = shown(node.span, node.span.startNanos);
    const start = nodes.reduce((least, n) => (least === null || n.at < least ? n.at : least), null);
    const byId = new Map();
    for (const node of nodes) {
      node.start = Number(node.at - start);
      node.duration = Math.max(0, node.span.durationNanos || 0);
      node.end = node.start + node.duration;
      node.resource = trace.resources[node.span.resource] || { service: '', hue: 0, attributes: [] };
      node.error = node.span.status === 'error';
      node.exception = (node.span.events || []).find((e) => e.name === 'exception') || null;
      if (!byId.has(node.span.spanId)) byId.set(node.span.spanId, node);
    }
    for (const node of nodes) {
      const parent = node.span.parentSpanId ? byId.get(node.span.parentSpanId) : null;
      node.orphan = Boolean(node.span.parentSpanId) && !parent;
      node.parent = parent && parent !== node ? parent : null;
    }
    cutRings(nodes);
    for (const node of nodes) if (node.parent) node.parent.children.push(node);
    const roots = nodes.filter((n) => !n.parent).sort(byStart);
    const ordered = order(roots);
    const end = nodes.reduce((most, n) => Math.max(most, n.end), 0);
    return { traceId: trace.traceId, start: start === null ? '0' : String(start), duration: end, roots, nodes: ordered, byId };
  }

  /** An instant of a span, as its host's clock would have told it were it right. */
  function shown(span, nanos) {
    return BigInt(nanos) + BigInt(span.skewNanos || 0);
  }

  /** A span's name; that of a client call which names only its method goes on with where the call went. */
  function label(span) {
    if (span.kind !== 'client' || !/^[A-Z_]+$/.test(span.name)) return span.name;
    const value = (key) => ((span.attributes || []).find((a) => a.key === key) || {}).value;
    const url = /^\w+:\/\/(?:[^/@]*@)?([^/?#]+)([^?#]*)/.exec(String(value('url.full') || ''));
    const target = url ? url[1] + (url[2] === '/' ? '' : url[2]) : value('server.address');
    return target ? span.name + ' ' + target : span.name;
  }

  /** Makes the first span of every ring of parents a root; linear in the number of spans. */
  function cutRings(nodes) {
    const seen = new Int32Array(nodes.length);
    nodes.forEach((first, walk) => {
      let at = first;
      while (at && !seen[at.index]) {
        seen[at.index] = walk + 1;
        at = at.parent;
      }
      if (!at || seen[at.index] !== walk + 1) return;
      let least = at;
      for (let n = at.parent; n !== at; n = n.parent) if (byStart(n, least) < 0) least = n;
      least.parent = null;
    });
  }

  function byStart(a, b) {
    return a.start - b.start || b.duration - a.duration || a.index - b.index;
  }

  function order(roots) {
    const ordered = [];
    const stack = roots.slice().reverse();
    for (const root of roots) root.depth = 0;
    while (stack.length) {
      const node = stack.pop();
      node.row = ordered.length;
      ordered.push(node);
      node.children.sort(byStart);
      for (let i = node.children.length - 1; i >= 0; i--) {
        node.children[i].depth = node.depth + 1;
        stack.push(node.children[i]);
      }
    }
    for (let i = ordered.length - 1; i >= 0; i--) {
      const node = ordered[i];
      node.descendants = node.children.reduce((sum, c) => sum + 1 + c.descendants, 0);
      node.self = node.duration - covered(node);
    }
    return ordered;
  }

  /** Nanoseconds of a span during which a child ran. */
  function covered(node) {
    let sum = 0;
    let upTo = node.start;
    for (const child of node.children) {
      const from = Math.max(child.start, upTo);
      const to = Math.min(child.end, node.end);
      if (to > from) {
        sum += to - from;
        upTo = to;
      }
    }
    return sum;
  }

  /** The critical path of a tree: for each span on it, the stretches in which it held the end back. */
  function criticalPath(tree) {
    return stretches(tree, sx.critical.path(columns(tree)));
  }

  /** A tree as sx.critical takes it: parents, starts and ends by row. */
  function columns({ nodes }) {
    return {
      parents: Int32Array.from(nodes, (n) => (n.parent ? n.parent.row : -1)),
      starts: Float64Array.from(nodes, (n) => n.start),
      ends: Float64Array.from(nodes, (n) => n.end),
    };
  }

  /** What sx.critical answered, by span. */
  function stretches({ nodes }, { rows, from, to }) {
    const found = new Map();
    for (let i = 0; i < rows.length; i++) {
      const node = nodes[rows[i]];
      if (!found.has(node)) found.set(node, []);
      found.get(node).push([from[i], to[i]]);
    }
    return found;
  }

  /** Nanoseconds on the critical path, by span. */
  function onPath(stretches, node) {
    return (stretches.get(node) || []).reduce((sum, [from, to]) => sum + to - from, 0);
  }

  /** Each service's share of the critical path, largest first. */
  function pathByService(tree, stretches) {
    const sums = new Map();
    let total = 0;
    for (const [node, parts] of stretches) {
      const length = parts.reduce((sum, [from, to]) => sum + to - from, 0);
      sums.set(node.resource.service, (sums.get(node.resource.service) || 0) + length);
      total += length;
    }
    return [...sums].map(([service, length]) => ({ service, share: total ? length / total : 0 })).sort((a, b) => b.share - a.share);
  }

  /** The rows that show while the spans in collapsed hide what is below them. */
  function visible(nodes, collapsed) {
    const rows = [];
    for (let i = 0; i < nodes.length; i++) {
      rows.push(nodes[i]);
      if (collapsed.has(nodes[i].span.spanId)) i += nodes[i].descendants;
    }
    return rows;
  }

  /**
   * The tree squeezed into a strip of height lanes: one bar a lane and service at most where spans crowd, so that
   * 100,000 spans draw as fast as a hundred.
   */
  function minimap(nodes, duration, lanes, width) {
    const bars = [];
    const open = new Map();
    const per = Math.max(1, nodes.length / lanes);
    const least = duration / Math.max(1, width);
    nodes.forEach((node, i) => {
      const lane = Math.min(lanes - 1, Math.floor(i / per));
      const key = lane + ' ' + node.resource.hue;
      const bar = open.get(key);
      if (bar && node.start <= bar.end + least && node.end >= bar.start - least) {
        bar.start = Math.min(bar.start, node.start);
        bar.end = Math.max(bar.end, node.end);
        bar.error = bar.error || node.error;
      } else {
        const made = { lane, hue: node.resource.hue, start: node.start, end: node.end, error: node.error };
        open.set(key, made);
        bars.push(made);
      }
    });
    return bars;
  }

  /** Everything of a span that a search looks into, in lower case; made once. */
  function haystack(node) {
    if (node.hay === undefined) {
      const { span } = node;
      const text = (value) => (value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value));
      const attributes = (list) => (list || []).map((a) => a.key + '\n' + text(a.value));
      const events = (span.events || []).map((e) => e.name + '\n' + attributes(e.attributes).join('\n'));
      node.hay = [span.name, label(span), node.resource.service, span.spanId, span.statusMessage || '', ...attributes(span.attributes), ...events].join('\n').toLowerCase();
    }
    return node.hay;
  }

  /** Whether a span's name, service, id, any attribute or event contains a text, in any case. */
  function matches(node, text) {
    return haystack(node).includes(text.toLowerCase());
  }

  /** The rows of the spans of some services; all where none is named. */
  function ofServices(rows, services) {
    return services.size ? rows.filter((n) => services.has(n.resource.service)) : rows;
  }

  sx.trace = { shown, build, label, criticalPath, columns, stretches, onPath, pathByService, visible, ofServices, minimap, matches };
})();
