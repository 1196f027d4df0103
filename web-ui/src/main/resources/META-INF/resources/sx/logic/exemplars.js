/** Exemplars: spans that stand for what was measured, as Prometheus' query_exemplars tells them. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** Most dots of a chart. */
  const MOST = 120;

  const TRACE = /^trace_?id$/i;
  const SPAN = /^span_?id$/i;
  const HEX = /^[0-9a-f]{1,32}$/i;
  const OF_BUCKET = ['__name__', 'le', 'quantile'];

  function label(labels, pattern) {
    const key = Object.keys(labels || {}).find((k) => pattern.test(k));
    return key && HEX.test(labels[key]) ? labels[key].toLowerCase() : '';
  }

  /** Those that name a trace: [{at, value, traceId, spanId, labels}], labels those of the series. */
  function read(data) {
    return (data || []).flatMap((series) =>
      (series.exemplars || []).map((e) => ({
        at: Math.round(Number(e.timestamp) * 1000), value: Number(e.value),
        traceId: label(e.labels, TRACE), spanId: label(e.labels, SPAN), labels: series.seriesLabels || {},
      })),
    ).filter((e) => e.traceId && Number.isFinite(e.value) && Number.isFinite(e.at));
  }

  /**
   * Few enough to be seen apart: those within the range, of each of so many parts of it and each doubling of the value the
   * newest, of too many those with the largest values; in order of time.
   */
  function spread(exemplars, { from, to }, columns) {
    const cells = new Map();
    for (const e of exemplars) {
      if (e.at < from || e.at > to) continue;
      const column = Math.floor(((e.at - from) / (to - from)) * columns);
      const key = column + ' ' + (e.value > 0 ? Math.floor(Math.log2(e.value)) : 'none');
      const there = cells.get(key);
      if (!there || there.at < e.at) cells.set(key, e);
    }
    return [...cells.values()].sort((a, b) => b.value - a.value).slice(0, MOST).sort((a, b) => a.at - b.at || a.value - b.value);
  }

  /** The index of the only one of some results whose labels a series has, buckets aside; −1 for none or several. */
  function owner(labels, metrics) {
    const all = metrics.map((metric, i) => (Object.keys(metric).every((k) => OF_BUCKET.includes(k) || metric[k] === labels[k]) ? i : -1)).filter((i) => i >= 0);
    return all.length === 1 ? all[0] : -1;
  }

  /** Whether an expression's result is what its exemplars' values are, so that both can share an axis. */
  function comparable(expression) {
    return /\bhistogram_(quantile|quantiles|avg)\s*\(/.test(expression) || /_sum\b[^]*\/[^]*_count\b/.test(expression);
  }

  sx.exemplars = { read, spread, owner, comparable };
})();
