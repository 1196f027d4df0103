/** Metrics in TraceQL: which queries are, how a search becomes one, and what the API answers as lines of a chart. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const FUNCTIONS = new Set('rate count_over_time min_over_time max_over_time avg_over_time sum_over_time quantile_over_time histogram_over_time compare'.split(' '));

  /** The parts outside of braces, with their places. */
  function outside(text) {
    const found = [];
    let depth = 0;
    let at = 0;
    for (const part of sx.traceql.parts(text)) {
      if (part.kind === 'op' && part.text === '}') depth--;
      if (depth === 0) found.push({ ...part, at });
      if (part.kind === 'op' && part.text === '{') depth++;
      at += part.text.length;
    }
    return found;
  }

  /** Whether a query asks for series: a function of metrics stands outside of braces. */
  function isMetric(text) {
    return outside(text).some((p) => p.kind === 'fn' && FUNCTIONS.has(p.text));
  }

  /** A search as the metrics query that counts what it finds by second; hints stay behind. */
  function ofSearch(text) {
    const plain = text.trim() || '{ }';
    const all = outside(plain);
    const hints = all.find((p) => p.text === 'with' && /^\s*\(/.test(plain.slice(p.at + 4)));
    const search = hints ? plain.slice(0, hints.at) : plain;
    const comment = sx.traceql.parts(search).filter((p) => p.kind !== 'space').pop();
    const glue = comment && comment.kind === 'comment' && comment.text.startsWith('//') ? '\n' : '';
    return search.trimEnd() + glue + ' | rate()' + (hints ? ' ' + plain.slice(hints.at) : '');
  }

  /** The search within a metrics query: what stands before the first pipe into a function; null where there is no such. */
  function search(text) {
    const all = outside(text).filter((p) => p.kind !== 'space');
    let depth = 0;
    for (let i = 0; i < all.length; i++) {
      const { text: sign, at } = all[i];
      if (sign === '(') depth++;
      else if (sign === ')') depth--;
      else if (sign === '|' && all[i + 1] && FUNCTIONS.has(all[i + 1].text)) return depth === 0 ? text.slice(0, at).trim() : null;
    }
    return null;
  }

  /** The unit that a metrics query's values most likely have. */
  function unitOf(text) {
    const functions = outside(text).filter((p) => p.kind === 'fn' && FUNCTIONS.has(p.text));
    if (!functions.length || outside(text).some((p) => p.kind === 'op' && ['/', '*'].includes(p.text))) return 'plain';
    const { text: name, at } = functions[0];
    if (name === 'rate') return 'rate';
    if (name === 'count_over_time' || name === 'histogram_over_time' || name === 'compare') return 'count';
    return /^\s*\(\s*(?:span:)?(?:duration|traceDuration|trace:duration)\b/.test(text.slice(at + name.length)) ? 'seconds' : 'plain';
  }

  function value(of) {
    if (!of) return '';
    if (of.arrayValue) return '[' + (of.arrayValue.values || []).map(value).join(', ') + ']';
    const key = ['stringValue', 'intValue', 'doubleValue', 'boolValue'].find((k) => of[k] !== undefined);
    return key ? String(of[key]) : JSON.stringify(of);
  }

  /** The API's series as a matrix: [{metric, values: [[seconds, text]]}]. */
  function matrix(answer) {
    return (answer.series || []).map((s) => ({
      metric: Object.fromEntries((s.labels || []).map((l) => [l.key, value(l.value)])),
      values: (s.samples || []).map((p) => [Number(p.timestampMs || 0) / 1000, String(p.value === undefined ? 0 : p.value)]),
    }));
  }

  /** The spans that stand for the series, as sx.exemplars reads those of Prometheus. */
  function exemplars(answer) {
    return (answer.series || []).flatMap((s) => {
      const labels = Object.fromEntries((s.labels || []).map((l) => [l.key, value(l.value)]));
      return (s.exemplars || []).map((e) => {
        const of = Object.fromEntries((e.labels || []).map((l) => [l.key, value(l.value)]));
        const number = Number(e.value === undefined ? 0 : e.value);
        return { at: Number(e.timestampMs || 0), value: Number.isFinite(number) ? number : 0, traceId: of['trace:id'] || '', spanId: of['span:id'] || '', labels };
      });
    }).filter((e) => /^[0-9a-f]{1,32}$/.test(e.traceId));
  }

  sx.tracemetric = { isMetric, ofSearch, search, unitOf, matrix, exemplars };
})();
