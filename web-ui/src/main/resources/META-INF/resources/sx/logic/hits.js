/** What of a drawn graph lies under a point: for pictures whose parts are no elements. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** Pieces that each bend of an edge is taken to be made of. */
  const PIECES = 8;

  /** A line of straight pieces, [x, y, x, y, …], along cubic curves, [x0, y0, x1, y1, x2, y2, x3, y3] each. */
  function outline(curves) {
    const line = [];
    for (const [x0, y0, x1, y1, x2, y2, x3, y3] of curves) {
      for (let i = line.length ? 1 : 0; i <= PIECES; i++) {
        const b = i / PIECES;
        const a = 1 - b;
        line.push(a * a * a * x0 + 3 * a * a * b * x1 + 3 * a * b * b * x2 + b * b * b * x3, a * a * a * y0 + 3 * a * a * b * y1 + 3 * a * b * b * y2 + b * b * b * y3);
      }
    }
    return Float32Array.from(line);
  }

  /** A box that holds such curves: [left, top, right, bottom]. */
  function box(curves) {
    const found = [Infinity, Infinity, -Infinity, -Infinity];
    for (const curve of curves) {
      for (let i = 0; i < curve.length; i += 2) {
        found[0] = Math.min(found[0], curve[i]);
        found[1] = Math.min(found[1], curve[i + 1]);
        found[2] = Math.max(found[2], curve[i]);
        found[3] = Math.max(found[3], curve[i + 1]);
      }
    }
    return found;
  }

  /** The square of the distance from a point to a line of outline's. */
  function distance(line, x, y) {
    let least = Infinity;
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [dx, dy] = [line[i + 2] - line[i], line[i + 3] - line[i + 1]];
      const length = dx * dx + dy * dy;
      const part = length ? Math.max(0, Math.min(1, ((x - line[i]) * dx + (y - line[i + 1]) * dy) / length)) : 0;
      const [px, py] = [line[i] + part * dx - x, line[i + 1] + part * dy - y];
      least = Math.min(least, px * px + py * py);
    }
    return least;
  }

  /** Which of some {line, box} is nearest to a point and within reach of it; null where none is. */
  function nearest(outlines, x, y, reach) {
    let found = null;
    let least = reach * reach;
    for (const each of outlines) {
      const { box } = each;
      if (x < box[0] - reach || x > box[2] + reach || y < box[1] - reach || y > box[3] + reach) continue;
      const far = distance(each.line, x, y);
      if (far <= least) {
        least = far;
        found = each;
      }
    }
    return found;
  }

  /** Whether a box [left, top, right, bottom] reaches into a zone [x, y, width, height]. */
  function meets(box, zone) {
    return box[0] <= zone[0] + zone[2] && box[2] >= zone[0] && box[1] <= zone[1] + zone[3] && box[3] >= zone[1];
  }

  /** Whether a zone [x, y, width, height] holds another. */
  function holds(zone, other) {
    return other[0] >= zone[0] && other[1] >= zone[1] && other[0] + other[2] <= zone[0] + zone[2] && other[1] + other[3] <= zone[1] + zone[3];
  }

  /** A zone with a share of its size added at each side. */
  function around([x, y, width, height], share) {
    return [x - width * share, y - height * share, width * (1 + 2 * share), height * (1 + 2 * share)];
  }

  sx.hits = { outline, box, nearest, meets, holds, around };
})();
