/** Series of numbers: a legend's figures, where a sparkline turns bad, the parts of a line. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** Last, least, greatest and mean of the values there are; null where there are none. */
  function summary(values) {
    const known = values.filter((v) => v !== null && Number.isFinite(v));
    if (!known.length) return { last: null, min: null, max: null, mean: null };
    let min = known[0];
    let max = known[0];
    let sum = 0;
    for (const v of known) {
      if (v < min) min = v;
      if (v > max) max = v;
      sum += v;
    }
    return { last: known[known.length - 1], min, max, mean: sum / known.length };
  }

  /**
   * SVG path data of a sparkline in a box, gaps left open. The line is cut at an instant into before and after, so that
   * what follows can be drawn as bad. A value between two gaps is no line: it is one of the points in alone.
   */
  function sparkline(series, box, since) {
    const { startMillis, stepMillis, values } = series;
    const known = values.filter((v) => v !== null);
    if (!known.length) return { before: '', after: '', alone: [], last: null };
    const most = Math.max(...known);
    const least = Math.min(0, ...known);
    const flat = most === least;
    const x = (i) => 1 + (values.length < 2 ? 0 : (i / (values.length - 1)) * (box.width - 2));
    const y = (v) => (flat ? box.height - 4 : box.height - 4 - ((v - least) / (most - least)) * (box.height - 8));
    const missing = (i) => values[i] === null || values[i] === undefined;
    const paths = { before: '', after: '', alone: [] };
    let last = null;
    values.forEach((v, i) => {
      if (v === null) {
        last = null;
        return;
      }
      const bad = since !== null && since !== undefined && startMillis + i * stepMillis > since;
      const side = bad ? 'after' : 'before';
      const point = x(i).toFixed(1) + ' ' + y(v).toFixed(1);
      if (!last) paths[side] += 'M' + point;
      else if (last.side !== side) paths[side] += 'M' + last.point + 'L' + point;
      else paths[side] += 'L' + point;
      last = { side, point, x: x(i), y: y(v) };
      if (missing(i - 1) && missing(i + 1)) paths.alone.push(last);
    });
    return { ...paths, last };
  }

  /** Those of a line's points that have a value and beside them a gap on either side. */
  function alone(points) {
    const known = (p) => p !== undefined && p[1] !== null;
    return points.filter((p, i) => known(p) && !known(points[i - 1]) && !known(points[i + 1]));
  }

  /** Gridline values for an axis from 0 to at least most: two to four steps, round in units of powers of a base and no shorter than least. */
  function scale(most, wanted, base, least) {
    if (!(most > 0)) return { top: 1, steps: [0, 1] };
    const unit = base === 1024 ? Math.pow(1024, Math.max(0, Math.floor(Math.log(most) / Math.log(1024)))) : 1;
    const rough = Math.max(most / unit / (wanted || 3), least || 0);
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = [1, 2, 2.5, 5, 10].map((f) => f * power).find((s) => s >= rough * 0.9999);
    const steps = [];
    for (let v = 0; v <= most / unit + step * 0.999; v += step) steps.push(Number(v.toPrecision(12)) * unit);
    return { top: steps[steps.length - 1], steps };
  }

  /** The least round number that is not below a value. */
  function ceiling(value) {
    if (!(value > 0)) return 1;
    const power = Math.pow(10, Math.floor(Math.log10(value)));
    const digits = [1, 1.2, 1.5, 2, 2.4, 3, 4, 5, 6, 8, 10].find((d) => d * power >= value * 0.9999);
    return Number((digits * power).toPrecision(6));
  }

  /** A step for a range that gives about 240 points, never under 5 s; seconds, one of round lengths. */
  function step(rangeMillis) {
    const rough = rangeMillis / 1000 / 240;
    return [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400].find((s) => s >= rough) || 86400;
  }

  /** A series' labels as one line: the name, then the rest in braces. */
  function label(metric) {
    const { __name__: name, ...rest } = metric;
    const labels = Object.keys(rest).sort().map((k) => k + '="' + rest[k] + '"');
    return (name || '') + (labels.length ? '{' + labels.join(', ') + '}' : '') || '{}';
  }

  /** The labels in which series differ, so that a legend need not repeat what is the same everywhere. */
  function telling(metrics) {
    const keys = new Set(metrics.flatMap((m) => Object.keys(m)));
    return [...keys].filter((k) => new Set(metrics.map((m) => m[k])).size > 1).sort();
  }

  sx.series = { summary, sparkline, alone, scale, ceiling, step, label, telling };
})();
