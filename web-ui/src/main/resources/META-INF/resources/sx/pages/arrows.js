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
    if (edge.tally && edge.tally.worse) return 'worse';
    const all = (edge.changes || []).map(sx.edges.change);
    return all.some((c) => c.worse) ? 'worse' : all.some((c) => c.better) ? 'better' : 'plain';
  }

  /** An edge as cubic curves, each [x0, y0, x1, y1, x2, y2, x3, y3]. */
  function curves({ points, turned, loop }) {
    const { W, H } = sx.nodes;
    if (loop) {
      const [x, y] = [loop.x, loop.y - H / 2];
      return [[x + 24, y, x + 36, y - 30, x - 36, y - 30, x - 24, y - 2]];
    }
    const side = turned ? -1 : 1;
    const ends = points.map((p) => p.slice());
    const last = ends.length - 1;
    if (last === 1 && ends[0][0] === ends[1][0]) return [beside(ends[0], ends[1])];
    ends[0][0] += (side * W) / 2;
    ends[last][0] -= side * (W / 2 + 3);
    return ends.slice(1).map(([x1, y1], i) => {
      const [x0, y0] = ends[i];
      const bend = (x0 + x1) / 2;
      return [x0, y0, bend, y0, bend, y1, x1, y1];
    });
  }

  /** From a node to another above or below it. */
  function beside([x, y0], [, y1]) {
    const right = x + sx.nodes.W / 2;
    return [right, y0, right + 40, y0, right + 40, y1, right + 3, y1];
  }

  function written(all) {
    return all.map(([x0, y0, ...rest], i) => (i ? '' : 'M' + x0 + ' ' + y0) + 'C' + rest.join(' ')).join('');
  }

  /** How an edge is drawn: {tone, width, faint, dashed, on}; pointed where the pointer is on it. */
  function look(edge, key, options) {
    const other = options.node && edge.from !== options.node && edge.to !== options.node;
    const faint = Boolean(other || (options.edge && options.edge !== key) || (options.difference && edge.state === 'same'));
    const width = 1 + Math.min(3.5, Math.log10(1 + (edge.rate || 0)) * 0.75);
    return { tone: tone(edge, options.difference), width: Math.round(width * 4) / 4, faint, dashed: Boolean(options.difference && edge.state === 'vanished'), on: options.edge === key };
  }

  function draw({ key, edge, shape: { d } }, { tone: name, width, faint, dashed, on, pointed }) {
    return s('g', { class: 'edge' + (on ? ' on' : '') + (pointed ? ' pointed' : ''), 'data-edge': key, 'data-state': edge.state },
      s('path', { class: 'hit', d }),
      s('path', { class: 'line', d, 'stroke-dasharray': dashed && '6 4', style: 'stroke-width:' + width + ';stroke:var(--sx-' + COLOURS[name] + ');stroke-opacity:' + (faint ? 0.25 : 0.8), 'marker-end': !faint && 'url(#sx-a-' + name + ')' }));
  }

  /** Lines of a label: [text, class]. */
  function figures(edge) {
    const bad = edge.errorShare > BAD;
    return [[sx.format.text(sx.format.rate(edge.rate)), bad ? 'axl b' : 'axl'], bad && [sx.format.text(sx.nodes.short(edge.errorShare)), 'axl err-t b'], [sx.format.text(sx.format.seconds(edge.p95)), bad ? 'axl' : 'ax']].filter(Boolean);
  }

  function changes(edge) {
    if (edge.state === 'new') return [['+ ' + t('topology.state.new'), 'axl b ok-t'], [sx.format.text(sx.format.rate(edge.rate)), 'axl']];
    if (edge.state === 'vanished') return [['× ' + t('topology.state.vanished'), 'axl b'], [sx.format.text(sx.format.rate(edge.rate)), 'ax']];
    if (edge.tally) return [[tallied(edge.tally), edge.tally.worse ? 'axl b warn-t' : 'axl b']];
    const all = (edge.changes || []).map(sx.edges.change);
    if (!all.length) return [['▲▼', 'axl']];
    return all.map((c) => [t('topology.change.' + c.figure) + ' ' + c.text, c.worse ? 'axl b warn-t' : c.better ? 'axl b ok-t' : 'axl b']);
  }

  /** How many of several edges that are one differ: +2 ×1 ≠5. */
  function tallied(tally) {
    return Object.entries(sx.edges.SIGNS).filter(([state]) => tally[state]).map(([state, sign]) => sign + tally[state]).join(' ');
  }

  sx.arrows = { markers, curves, written, look, draw, figures, changes, tallied, colour: (tone_) => COLOURS[tone_] };
})();
