/** Edges of the service graph: width by the logarithm of the rate, red for errors only; what differs has a sign of its own. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { s, t } = sx;
  const BAD = 0.02;
  const COLOURS = { new: 'ok', vanished: 'text-3', better: 'ok', worse: 'warn', bad: 'error', plain: 'text-4' };

  function markers() {
    const marker = (name) => s('marker', { id: 'sx-a-' + name, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' }, s('path', { d: 'M0 .5 8 4 0 7.5z', style: 'fill:var(--sx-' + COLOURS[name] + ')' }));
    return s('defs', null, Object.keys(COLOURS).map(marker));
  }

  function tone(edge, difference) {
    if (!difference) return edge.errorShare > BAD ? 'bad' : 'plain';
    if (edge.state === 'new' || edge.state === 'vanished') return edge.state;
    const all = (edge.changes || []).map(sx.edges.change);
    return all.some((c) => c.worse) ? 'worse' : all.some((c) => c.better) ? 'better' : 'plain';
  }

  function path({ points, turned, loop }) {
    if (loop) {
      const [x, y] = [loop.x, loop.y - sx.nodes.H / 2];
      return 'M' + (x + 24) + ' ' + y + 'C' + (x + 36) + ' ' + (y - 30) + ' ' + (x - 36) + ' ' + (y - 30) + ' ' + (x - 24) + ' ' + (y - 2);
    }
    const side = turned ? -1 : 1;
    const ends = points.map((p) => p.slice());
    ends[0][0] += (side * sx.nodes.W) / 2;
    ends[ends.length - 1][0] -= side * (sx.nodes.W / 2 + 3);
    let d = 'M' + ends[0].join(' ');
    for (let i = 1; i < ends.length; i++) {
      const [x0, y0] = ends[i - 1];
      const [x1, y1] = ends[i];
      const bend = (x0 + x1) / 2;
      d += 'C' + bend + ' ' + y0 + ' ' + bend + ' ' + y1 + ' ' + x1 + ' ' + y1;
    }
    return d;
  }

  function draw(place, options) {
    const { edge } = place;
    const key = sx.groups.key(edge);
    const name = tone(edge, options.difference);
    const width = 1 + Math.min(3.5, Math.log10(1 + (edge.rate || 0)) * 0.75);
    const other = options.node && edge.from !== options.node && edge.to !== options.node;
    const faint = other || (options.edge && options.edge !== key) || (options.difference && edge.state === 'same');
    const d = path(place);
    return s('g', { class: options.edge === key ? 'edge on' : 'edge', 'data-edge': key, 'data-state': edge.state },
      s('path', { class: 'hit', d }),
      s('path', { class: 'line', d, 'stroke-dasharray': options.difference && edge.state === 'vanished' && '6 4', style: 'stroke-width:' + width.toFixed(2) + ';stroke:var(--sx-' + COLOURS[name] + ');stroke-opacity:' + (faint ? 0.25 : 0.8), 'marker-end': !faint && 'url(#sx-a-' + name + ')' }));
  }

  /** All edges as one path for each colour: what shows of a large graph from afar, where an arrow is no more to be seen. */
  function bundle(places, options) {
    const paths = new Map();
    for (const place of places) {
      const name = tone(place.edge, options.difference);
      paths.set(name, (paths.get(name) || '') + path(place));
    }
    return s('g', { class: 'bundle' }, [...paths].map(([name, d]) => s('path', { d, style: 'stroke:var(--sx-' + COLOURS[name] + ');stroke-opacity:' + (name === 'plain' ? 0.5 : 0.9) })));
  }

  /** Lines of a label: [text, class]. */
  function figures(edge) {
    const bad = edge.errorShare > BAD;
    return [[sx.format.text(sx.format.rate(edge.rate)), bad ? 'axl b' : 'axl'], bad && [sx.format.text(sx.nodes.short(edge.errorShare)), 'axl err-t b'], [sx.format.text(sx.format.seconds(edge.p95)), bad ? 'axl' : 'ax']].filter(Boolean);
  }

  function changes(edge) {
    if (edge.state === 'new') return [['+ ' + t('topology.state.new'), 'axl b ok-t'], [sx.format.text(sx.format.rate(edge.rate)), 'axl']];
    if (edge.state === 'vanished') return [['× ' + t('topology.state.vanished'), 'axl b'], [sx.format.text(sx.format.rate(edge.rate)), 'ax']];
    const all = (edge.changes || []).map(sx.edges.change);
    if (!all.length) return [['▲▼', 'axl']];
    return all.map((c) => [t('topology.change.' + c.figure) + ' ' + c.text, c.worse ? 'axl b warn-t' : c.better ? 'axl b ok-t' : 'axl b']);
  }

  sx.arrows = { markers, draw, bundle, figures, changes, tone };
})();
