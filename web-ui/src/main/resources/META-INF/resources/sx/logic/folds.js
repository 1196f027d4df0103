/**
 * Which spans of a trace are folded, as the address writes it: a level from which on all are, then those that differ from
 * it. L2.-91ab.7d67 says: every span from depth 2 on, but not the one whose id ends in 91ab, and the one that ends in 7d67.
 */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const LEAST = 4;

  /** Spans that may be named beside the level; of more only the first are. */
  const MOST = 64;

  const suffixes = new WeakMap();

  function foldable(tree) {
    return tree.nodes.filter((n) => n.children.length);
  }

  /** How many foldable spans' ids end in each of the endings of a length. */
  function endings(tree, length) {
    let known = suffixes.get(tree);
    if (!known) suffixes.set(tree, (known = new Map()));
    let counts = known.get(length);
    if (!counts) {
      known.set(length, (counts = new Map()));
      for (const n of foldable(tree)) {
        const end = n.span.spanId.slice(-length);
        counts.set(end, counts.has(end) ? null : n);
      }
    }
    return counts;
  }

  /** The shortest ending that only one foldable span's id has. */
  function ending(tree, id) {
    for (let length = LEAST; length < id.length; length++) if (endings(tree, length).get(id.slice(-length))) return id.slice(-length);
    return id;
  }

  /** The level that leaves the fewest spans to be named; Infinity for none. */
  function level(nodes, collapsed) {
    const depths = [];
    let closed = 0;
    for (const n of nodes) {
      const of = (depths[n.depth] = depths[n.depth] || { open: 0, closed: 0 });
      if (collapsed.has(n.span.spanId)) {
        of.closed++;
        closed++;
      } else of.open++;
    }
    let best = Infinity;
    let least = closed;
    let named = closed;
    for (let depth = depths.length - 1; depth >= 0; depth--) {
      const of = depths[depth] || { open: 0, closed: 0 };
      named += of.open - of.closed;
      if (named < least) {
        least = named;
        best = depth;
      }
    }
    return best;
  }

  /** The text for a set of folded spans' ids; empty where none is. */
  function write(tree, collapsed) {
    const nodes = foldable(tree);
    const from = level(nodes, collapsed);
    const named = nodes.filter((n) => collapsed.has(n.span.spanId) !== n.depth >= from).slice(0, MOST);
    const parts = named.map((n) => (n.depth >= from ? '-' : '') + ending(tree, n.span.spanId));
    return (from < Infinity ? ['L' + from, ...parts] : parts).join('.');
  }

  /** The ids of the spans that a text says are folded; what names none is passed over. */
  function read(tree, text) {
    const collapsed = new Set();
    const parts = text ? text.split('.').slice(0, MOST + 1) : [];
    const from = parts.length && /^L\d{1,5}$/.test(parts[0]) ? Number(parts.shift().slice(1)) : Infinity;
    if (from < Infinity) for (const n of foldable(tree)) if (n.depth >= from) collapsed.add(n.span.spanId);
    for (const part of parts) {
      const open = part.startsWith('-');
      const end = open ? part.slice(1) : part;
      if (end.length < LEAST || end.length > 16) continue;
      const node = endings(tree, end.length).get(end);
      if (!node) continue;
      if (open) collapsed.delete(node.span.spanId);
      else collapsed.add(node.span.spanId);
    }
    return collapsed;
  }

  sx.folds = { MOST, write, read };
})();
