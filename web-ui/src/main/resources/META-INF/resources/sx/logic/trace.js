/** A trace as a tree: order, self time, critical path, minimap. Times are nanoseconds from its start. */
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
      if (parent && parent !== node && !isAncestor(node, parent)) {
        node.parent = parent;
        parent.children.push(node);
      }
    }
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

  function isAncestor(node, candidate) {
    for (let at = candidate; at; at = at.parent) if (at === node) return true;
    return false;
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

  /**
   * What the trace's duration waited for: for each span the stretches in which it, and none of its children, held the
   * end back. Walks from the end of the root to the child that ended last before it, and on (the method of Jaeger's
   * critical path). Children that outlive their parent are cut at its end.
   */
  function criticalPath(tree) {
    const stretches = new Map();
    const add = (node, from, to) => {
      if (to <= from) return;
      if (!stretches.has(node)) stretches.set(node, []);
      stretches.get(node).push([from, to]);
    };
    const root = tree.roots.reduce((longest, r) => (!longest || r.duration > longest.duration ? r : longest), null);
    if (!root) return stretches;
    const stack = [{ node: root, until: root.end }];
    while (stack.length) {
      const { node, until } = stack.pop();
      let at = Math.min(until, node.end);
      const byEnd = node.children.slice().sort((a, b) => Math.min(b.end, at) - Math.min(a.end, at) || b.start - a.start);
      for (const child of byEnd) {
        const end = Math.min(child.end, at);
        if (end <= child.start || child.start >= at || end <= node.start) continue;
        add(node, end, at);
        stack.push({ node: child, until: end });
        at = Math.max(child.start, node.start);
        if (at <= node.start) break;
      }
      add(node, node.start, at);
    }
    return stretches;
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

  /** Spans by service in order of appearance. */
  function services(nodes) {
    const found = new Map();
    for (const node of nodes) {
      const name = node.resource.service;
      const entry = found.get(name) || { service: name, hue: node.resource.hue, spans: 0, errors: 0, self: 0 };
      entry.spans++;
      if (node.error) entry.errors++;
      entry.self += node.self;
      found.set(name, entry);
    }
    return [...found.values()];
  }

  /** Spans grouped by service and name: count, errors, total, self and longest, most self time first. */
  function statistics(nodes) {
    const groups = new Map();
    for (const node of nodes) {
      const key = JSON.stringify([node.resource.service, node.span.name]);
      const g = groups.get(key) || {
        service: node.resource.service, hue: node.resource.hue, name: node.span.name,
        count: 0, errors: 0, total: 0, self: 0, longest: 0,
      };
      g.count++;
      if (node.error) g.errors++;
      g.total += node.duration;
      g.self += node.self;
      g.longest = Math.max(g.longest, node.duration);
      groups.set(key, g);
    }
    return [...groups.values()].sort((a, b) => b.self - a.self);
  }

  /** Whether a span's name, service, id or any attribute contains a text, in any case. */
  function matches(node, text) {
    const wanted = text.toLowerCase();
    const has = (value) => String(typeof value === 'object' ? JSON.stringify(value) : value).toLowerCase().includes(wanted);
    return (
      has(node.span.name) || has(node.resource.service) || has(node.span.spanId) ||
      (node.span.attributes || []).some((a) => has(a.key) || has(a.value)) || has(node.span.statusMessage || '')
    );
  }

  sx.trace = { shown, build, label, criticalPath, onPath, pathByService, visible, minimap, services, statistics, matches };
})();
