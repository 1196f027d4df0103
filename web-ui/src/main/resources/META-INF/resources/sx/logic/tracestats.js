/** A trace's time summed up: by service, operation and kinds of calls, and as frames of a flame graph. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const CACHES = /^(redis|memcached|hazelcast|coherence|infinispan|aerospike|valkey|geode|ignite|ehcache|caffeine)$/i;

  const SYSTEM = ['db.system.name', 'db.system'];

  /** The first of the attributes that a span has, as text; empty for none. */
  function value(span, ...keys) {
    for (const key of keys) {
      const found = (span.attributes || []).find((a) => a.key === key);
      if (found && found.value !== null && found.value !== '') return typeof found.value === 'object' ? JSON.stringify(found.value) : String(found.value);
    }
    return '';
  }

  /** The database or cache that a span calls: a client's that names it. Empty for none. */
  function system(span) {
    if (span.kind !== 'client') return '';
    const attributes = span.attributes || [];
    for (const key of SYSTEM) {
      const found = attributes.find((a) => a.key === key);
      if (found && typeof found.value === 'string' && found.value) return found.value;
    }
    return '';
  }

  /** Whether a span's duration is time in a database or cache, as the API's summaries of traces count it. */
  function isDatabaseCall(span) {
    return system(span) !== '';
  }

  const words = (...parts) => parts.filter(Boolean).join(' ');

  /** What kind of call a span is and what was called: {kind, name}, kind one of database, cache, rpc, message; null for none. */
  function call(span) {
    const called = system(span);
    if (called && CACHES.test(called)) return { kind: 'cache', name: words(called, value(span, 'db.operation.name', 'db.operation') || span.name) };
    if (called) {
      const statement = value(span, 'db.query.summary', 'db.query.text', 'db.statement') || words(value(span, 'db.operation.name', 'db.operation'), value(span, 'db.collection.name', 'db.sql.table')) || span.name;
      return { kind: 'database', name: statement.replace(/\s+/g, ' ').trim() };
    }
    const messages = value(span, 'messaging.system');
    if (messages) return { kind: 'message', name: words(value(span, 'messaging.operation.type', 'messaging.operation.name', 'messaging.operation') || span.kind, value(span, 'messaging.destination.template', 'messaging.destination.name', 'messaging.destination') || span.name) };
    if (span.kind !== 'client') return null;
    const service = value(span, 'rpc.service');
    if (value(span, 'rpc.system', 'rpc.system.name') || service) return { kind: 'rpc', name: words(service, value(span, 'rpc.method')) || span.name };
    const method = value(span, 'http.request.method', 'http.method');
    return method ? { kind: 'rpc', name: words(method, value(span, 'server.address', 'net.peer.name', 'peer.service'), value(span, 'url.template', 'http.route')) } : null;
  }

  const KEYS = {
    operation: (node) => ({ name: node.span.name }),
    service: () => ({ name: '' }),
    database: (node) => ofKind(node, 'database'),
    cache: (node) => ofKind(node, 'cache'),
    rpc: (node) => ofKind(node, 'rpc'),
    message: (node) => ofKind(node, 'message'),
  };

  function ofKind(node, kind) {
    if (node.call === undefined) node.call = call(node.span);
    return node.call && node.call.kind === kind ? { name: node.call.name } : null;
  }

  /** Spans grouped by service and one of the keys: count, errors, total, self and longest, most self time first. */
  function group(nodes, by) {
    const groups = new Map();
    for (const node of nodes) {
      const of = KEYS[by](node);
      if (!of) continue;
      const key = node.resource.service + '\u0000' + of.name;
      let g = groups.get(key);
      if (!g) groups.set(key, (g = { service: node.resource.service, hue: node.resource.hue, name: of.name, count: 0, errors: 0, total: 0, self: 0, longest: 0 }));
      g.count++;
      if (node.error) g.errors++;
      g.total += node.duration;
      g.self += node.self;
      g.longest = Math.max(g.longest, node.duration);
    }
    return [...groups.values()].sort((a, b) => b.self - a.self);
  }

  /** How many spans each of the keys groups. */
  function counts(nodes) {
    const found = { operation: nodes.length, service: nodes.length, database: 0, cache: 0, rpc: 0, message: 0 };
    for (const node of nodes) {
      if (node.call === undefined) node.call = call(node.span);
      if (node.call) found[node.call.kind]++;
    }
    return found;
  }

  /** Groups in the order of a column, the greatest first; a minus turns it around. */
  function sorted(groups, column) {
    const back = column.startsWith('-');
    const key = back ? column.slice(1) : column;
    const list = groups.slice().sort((a, b) => (key === 'name' ? (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) : b[key] - a[key]));
    return back ? list.reverse() : list;
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

  /**
   * Spans merged where services and names are the same from the root down: {service, hue, name, depth, count, errors,
   * self, value, children}; value is the self time of the frame and all below, so that children never add up to more.
   */
  function frames(tree) {
    const top = { service: '', hue: 0, name: '', depth: 0, count: 0, errors: 0, self: 0, value: 0, children: new Map() };
    const of = new Map();
    const all = [];
    for (const node of tree.nodes) {
      const above = node.parent ? of.get(node.parent) : top;
      const key = node.resource.service + '\u0000' + node.span.name;
      let frame = above.children.get(key);
      if (!frame) {
        frame = { service: node.resource.service, hue: node.resource.hue, name: node.span.name, key, depth: above.depth + 1, above, count: 0, errors: 0, self: 0, value: 0, children: new Map() };
        above.children.set(key, frame);
        all.push(frame);
      }
      frame.count++;
      if (node.error) frame.errors++;
      frame.self += node.self;
      of.set(node, frame);
    }
    for (let i = all.length - 1; i >= 0; i--) {
      all[i].value += all[i].self;
      all[i].above.value += all[i].value;
    }
    return top;
  }

  /** The frames of a root that are wider than a share of it, as boxes: {frame, left, width, row}, shares of the width. */
  function boxes(root, least) {
    const found = [];
    const stack = [{ frame: root, left: 0, row: 0 }];
    while (stack.length) {
      const { frame, left, row } = stack.pop();
      const width = root.value ? frame.value / root.value : 0;
      if (width < least) continue;
      found.push({ frame, left, width, row });
      let at = left;
      for (const child of [...frame.children.values()].sort((a, b) => b.value - a.value)) {
        stack.push({ frame: child, left: at, row: row + 1 });
        at += root.value ? child.value / root.value : 0;
      }
    }
    return found;
  }

  sx.tracestats = { call, system, isDatabaseCall, group, counts, sorted, services, frames, boxes };
})();
