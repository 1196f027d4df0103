/** The critical path over columns of numbers, so that a worker can compute it. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** The children of each row, by row. */
  function childrenOf(parents) {
    const children = Array.from(parents, () => null);
    parents.forEach((parent, row) => {
      if (parent < 0) return;
      if (children[parent]) children[parent].push(row);
      else children[parent] = [row];
    });
    return children;
  }

  /**
   * What the trace's duration waited for: for each span the stretches in which it, and none of its children, held the
   * end back. Walks from the end of the longest root to the child that ended last before it, and on (the method of
   * Jaeger's critical path). Children that outlive their parent are cut at its end. Parents are rows, −1 for none; the
   * answer's columns name a stretch each.
   */
  function path({ parents, starts, ends }) {
    const found = { rows: [], from: [], to: [] };
    const add = (row, from, to) => {
      if (to <= from) return;
      found.rows.push(row);
      found.from.push(from);
      found.to.push(to);
    };
    let root = -1;
    parents.forEach((parent, row) => {
      if (parent < 0 && (root < 0 || ends[row] - starts[row] > ends[root] - starts[root])) root = row;
    });
    if (root < 0) return found;
    const children = childrenOf(parents);
    const stack = [[root, ends[root]]];
    while (stack.length) {
      const [row, until] = stack.pop();
      let at = Math.min(until, ends[row]);
      const last = at;
      const byEnd = (children[row] || []).sort((a, b) => Math.min(ends[b], last) - Math.min(ends[a], last) || starts[b] - starts[a]);
      for (const child of byEnd) {
        const end = Math.min(ends[child], at);
        if (end <= starts[child] || starts[child] >= at || end <= starts[row]) continue;
        add(row, end, at);
        stack.push([child, end]);
        at = Math.max(starts[child], starts[row]);
        if (at <= starts[row]) break;
      }
      add(row, starts[row], at);
    }
    return found;
  }

  sx.critical = { path };
})();
