/** The list of found traces and the heatmap above it. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const LEVELS = 5;

  const BY = {
    start: (t) => -Number(BigInt(t.startNanos) / 1000n),
    duration: (t) => -t.durationNanos,
    errors: (t) => -t.errors,
    spans: (t) => -t.spans,
    database: (t) => -(t.databaseNanos || 0),
    root: (t) => t.rootName,
  };

  /** Traces in the order of a column, the greatest or, of texts, the least first; a minus before the column turns it around. */
  function sorted(traces, column) {
    const back = column.startsWith('-');
    const of = BY[back ? column.slice(1) : column] || BY.start;
    const list = traces.map((trace, i) => ({ trace, i, key: of(trace) }));
    list.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.i - b.i));
    return (back ? list.reverse() : list).map((entry) => entry.trace);
  }

  /** The column to sort by after its head was pressed: first as it is, then turned around. */
  function next(column, pressed) {
    return column === pressed ? '-' + pressed : pressed;
  }

  /** How hot a cell is, 0 to 4: its count's place between one and the greatest, on a logarithmic scale. */
  function heat(count, most) {
    if (most <= 1) return LEVELS - 1;
    return Math.min(LEVELS - 1, Math.floor((Math.log(count) / Math.log(most)) * LEVELS));
  }

  /** The heatmap's cells that hold something: [{from, to, low, high, count, heat}], milliseconds and seconds. */
  function cells({ endsMillis, stepMillis, rows }) {
    const most = Math.max(1, ...rows.map((r) => Math.max(0, ...r.counts)));
    return rows.flatMap((row) =>
      row.counts.map((count, i) => ({ from: endsMillis[i] - stepMillis, to: endsMillis[i], low: row.topNanos / 2e9, high: row.topNanos / 1e9, count, heat: heat(count, most) }))).filter((cell) => cell.count > 0);
  }

  sx.tracetable = { sorted, next, heat, cells };
})();
