/**
 * Two traces laid over each other: spans are the same call where services and operations are the same from the root down,
 * and repeated ones are counted together. Times are nanoseconds.
 */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  function side() {
    return { count: 0, errors: 0, total: 0, self: 0, span: null };
  }

  /** A place in the tree as eight hexadecimal digits, the same in every comparison: FNV-1a of what leads to it. */
  function digits(text, above) {
    let hash = above ? parseInt(above, 16) : 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  }

  function group(above, node, key) {
    const { service, hue } = node.resource;
    return { service, hue, name: node.span.name, span: { spanId: digits(key, above && above.span.spanId) }, above, depth: above ? above.depth + 1 : 0, a: side(), b: side(), children: [], known: new Map(), first: null, next: null };
  }

  /** The group of a span below another one's; one that is new stands behind the one met before it. */
  function below(above, node, before) {
    const key = node.resource.service + '\u0000' + node.span.name;
    const found = above.known.get(key);
    if (found) return found;
    const made = group(above === above.top ? null : above, node, key);
    above.known.set(key, made);
    const last = before.get(above);
    if (last) {
      made.next = last.next;
      last.next = made;
    } else {
      made.next = above.first;
      above.first = made;
    }
    return made;
  }

  function lay(top, tree, name) {
    const of = new Map();
    const before = new Map();
    for (const node of tree.nodes) {
      const above = node.parent ? of.get(node.parent) : top;
      const found = below(above, node, before);
      before.set(above, found);
      of.set(node, found);
      const counted = found[name];
      if (!counted.count++) counted.span = node.span.spanId;
      if (node.error) counted.errors++;
      counted.total += node.duration;
      counted.self += node.self;
    }
  }

  /**
   * The groups of two trees in the order of a waterfall: {service, hue, name, depth, a, b, above, children, descendants, row,
   * span}, a and b each {count, errors, total, self, span}, the last the id of the first one's span; differs tells whether
   * one of the two lacks it, has it more often or with other errors, within whether anything below does. The group's own
   * span holds an id of its place in the tree, for sx.folds.
   */
  function merged(a, b) {
    const top = { known: new Map(), first: null };
    top.top = top;
    lay(top, a, 'a');
    lay(top, b, 'b');
    const rows = [];
    const children = (of) => {
      const list = [];
      for (let child = of.first; child; child = child.next) list.push(child);
      return list;
    };
    const stack = children(top).reverse();
    while (stack.length) {
      const g = stack.pop();
      g.row = rows.length;
      rows.push(g);
      g.children = children(g);
      for (let i = g.children.length - 1; i >= 0; i--) stack.push(g.children[i]);
    }
    for (let i = rows.length - 1; i >= 0; i--) {
      const g = rows[i];
      g.differs = g.a.count !== g.b.count || g.a.errors !== g.b.errors;
      g.within = g.children.some((c) => c.differs || c.within);
      g.descendants = g.children.reduce((sum, c) => sum + 1 + c.descendants, 0);
      delete g.known;
    }
    return rows;
  }

  /** Where a group is: a or b for one of the two alone, both else. */
  function where(g) {
    return !g.b.count ? 'a' : !g.a.count ? 'b' : 'both';
  }

  /** The rows that show: those of collapsed groups hide, and where only changes are wanted those that lead to none. */
  function visible(rows, collapsed, onlyChanges) {
    const shown = [];
    for (let i = 0; i < rows.length; i++) {
      const g = rows[i];
      if (onlyChanges && !g.differs && !g.within) {
        i += g.descendants;
        continue;
      }
      shown.push(g);
      if (collapsed.has(g)) i += g.descendants;
    }
    return shown;
  }

  /** What is told of a whole trace: {duration, spans, errors, database, calls, services}. */
  function totals(tree) {
    const sums = { duration: tree.duration, spans: tree.nodes.length, errors: 0, database: 0, calls: 0, services: [] };
    const services = new Map();
    for (const node of tree.nodes) {
      if (node.error) sums.errors++;
      if (sx.tracestats.isDatabaseCall(node.span)) {
        sums.calls++;
        sums.database += node.duration;
      }
      services.set(node.resource.service, node.resource.hue);
    }
    sums.services = [...services].map(([service, hue]) => ({ service, hue }));
    return sums;
  }

  /** The services that only the first of two lists of totals has. */
  function without(services, others) {
    const names = new Set(others.map((s) => s.service));
    return services.filter((s) => !names.has(s.service));
  }

  /** How many groups are in A alone, in B alone, and in both but with other counts or errors. */
  function counts(rows) {
    const found = { a: 0, b: 0, changed: 0 };
    for (const g of rows) {
      const place = where(g);
      if (place !== 'both') found[place]++;
      else if (g.differs) found.changed++;
    }
    return found;
  }

  /** The group whose self time differs most; null where none does. */
  function greatest(rows) {
    let found = null;
    for (const g of rows) if (!found || Math.abs(g.b.self - g.a.self) > Math.abs(found.b.self - found.a.self)) found = g;
    return found && found.a.self !== found.b.self ? found : null;
  }

  sx.tracediff = { merged, where, visible, totals, without, counts, greatest };
})();
