/** Log lines: levels, marks in their text, windows of a long list. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** The four groups the histogram and the rows colour by. */
  function group(level) {
    if (level === 'error' || level === 'fatal') return 'error';
    if (level === 'warn') return 'warn';
    if (level === 'debug' || level === 'trace') return 'debug';
    return 'info';
  }

  /** A text cut at every place one of the words stands, in any case: [{text, hit}]. */
  function marks(text, words) {
    const wanted = words.filter(Boolean).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    if (!wanted.length) return [{ text, hit: false }];
    const parts = [];
    let at = 0;
    for (const m of text.matchAll(new RegExp(wanted.join('|'), 'gi'))) {
      if (m.index > at) parts.push({ text: text.slice(at, m.index), hit: false });
      parts.push({ text: m[0], hit: true });
      at = m.index + m[0].length;
    }
    if (at < text.length) parts.push({ text: text.slice(at), hit: false });
    return parts;
  }

  /** Which of count rows of one height show in a window, with a few beyond either edge. */
  function window(count, height, scrollTop, viewHeight, beyond) {
    const first = Math.max(0, Math.floor(scrollTop / height) - beyond);
    const last = Math.min(count, Math.ceil((scrollTop + viewHeight) / height) + beyond);
    return { first, last: Math.max(first, last) };
  }

  /** A histogram's levels folded into the four groups: {groups: {error, warn, info, debug: number[]}, totals}. */
  function fold(histogram) {
    const names = ['error', 'warn', 'info', 'debug'];
    const groups = Object.fromEntries(names.map((n) => [n, histogram.buckets.map(() => 0)]));
    histogram.buckets.forEach((b, i) => histogram.levels.forEach((l, j) => (groups[group(l)][i] += b.counts[j] || 0)));
    const totals = Object.fromEntries(names.map((n) => [n, groups[n].reduce((a, b) => a + b, 0)]));
    return { groups, totals };
  }

  /** Lines with the oldest first; those of one instant stay as they were. */
  function byTime(lines) {
    const keyed = lines.map((line, i) => ({ line, i, at: BigInt(line.timeNanos) }));
    keyed.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.i - b.i));
    return keyed.map((entry) => entry.line);
  }

  sx.lines = { group, marks, window, fold, byTime };
})();
