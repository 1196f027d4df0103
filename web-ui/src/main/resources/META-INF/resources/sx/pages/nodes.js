/**
 * Shapes of the service graph: rounded box service, box with a double edge gateway, cylinder database and cache, pipe queue,
 * dashed hexagon external, pill client, stack group.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { s, t } = sx;
  const W = 124;
  const H = 48;

  /** The size of a name that stands alone, in units of the plane. */
  const BIG = 21;

  /** The room for it, in letters' widths. */
  const LINE = (108 * 13) / BIG;
  const plain = 'fill:var(--sx-surface);stroke:var(--sx-line-3);stroke-width:1';

  /** The outline of each kind, from its upper left corner. */
  const box = (round) => 'M' + round + ' 0H' + (W - round) + 'a' + round + ' ' + round + ' 0 0 1 ' + round + ' ' + round + 'V' + (H - round) + 'a' + round + ' ' + round + ' 0 0 1-' + round + ' ' + round + 'H' + round + 'a' + round + ' ' + round + ' 0 0 1-' + round + '-' + round + 'V' + round + 'a' + round + ' ' + round + ' 0 0 1 ' + round + '-' + round + 'z';
  const OUTLINES = {
    service: box(6), client: box(24), group: box(4), external: 'M14 0h96l14 24-14 24h-96l-14-24z', queue: 'M10 3h104c5 0 8 9 8 21s-3 21-8 21h-104c-5 0-8-9-8-21s3-21 8-21z',
    database: 'M4 7c0-3.5 26-6 58-6s58 2.5 58 6v34c0 4-29 7-58 7s-58-3-58-7z',
  };
  OUTLINES.cache = OUTLINES.database;

  /** A text cut to about as many pixels, half-width letters assumed 7 wide. */
  function cut(text, pixels) {
    const letters = [...text];
    const wide = (c) => (/[\u2e80-\uffef]/.test(c) ? 13 : 7.2);
    let sum = 0;
    for (let i = 0; i < letters.length; i++) {
      sum += wide(letters[i]);
      if (sum > pixels) return letters.slice(0, Math.max(1, i - 1)).join('') + '…';
    }
    return text;
  }

  function middle(node, sub) {
    return [
      s('text', { class: 'nn', x: W / 2, y: H / 2 - 1, 'text-anchor': 'middle' }, cut(node.name, 108)),
      s('text', { class: 'ns', x: W / 2, y: H / 2 + 14, 'text-anchor': 'middle' }, sub),
    ];
  }

  function figures(node) {
    if (node.rate === null || node.rate === undefined) return t('health.nodata');
    return sx.format.text(sx.format.rate(node.rate)) + ' · ' + sx.format.text(short(node.errorShare));
  }

  /** A share with one decimal, as there is room for in the graph. */
  function short(share) {
    return share === null || share === undefined ? sx.format.share(share) : { value: (share * 100).toFixed(1), unit: '%' };
  }

  const SHAPES = {
    service(node) {
      const bad = node.health === 'critical';
      return [
        s('rect', { width: W, height: H, rx: 6, style: plain + (bad ? ';stroke:var(--sx-error);stroke-width:1.5' : '') }),
        s('g', { class: 's' + sx.hue(node.hue) },
          s('path', { d: 'M6 .5h-1a5 5 0 0 0-4.5 5v37a5 5 0 0 0 4.5 5h1z', style: 'fill:var(--c)' }),
          s('rect', { x: 12, y: 8, width: 22, height: 16, rx: 3, style: 'fill:var(--c)' }),
          s('text', { x: 23, y: 20, 'text-anchor': 'middle', style: 'fill:var(--on);font:700 10px var(--sx-font)' }, sx.monogram(node.name))),
        s('text', { class: 'nn', x: 39, y: 20.5 }, cut(node.name, 82)),
        s('text', { class: bad ? 'ns bad' : 'ns', x: 12, y: 39 }, figures(node)),
      ];
    },
    database(node) {
      return [
        s('path', { d: 'M4 7v34c0 4 29 7 58 7s58-3 58-7V7', style: plain }),
        s('ellipse', { cx: 62, cy: 7, rx: 58, ry: 6, style: plain }),
        s('text', { class: 'nn', x: 62, y: 28, 'text-anchor': 'middle' }, cut(node.name, 108)),
        s('text', { class: 'ns', x: 62, y: 43, 'text-anchor': 'middle' }, cut(node.system || t('node.' + node.kind), 108)),
      ];
    },
    queue(node) {
      return [
        s('path', { d: 'M10 3h104c5 0 8 9 8 21s-3 21-8 21h-104c-5 0-8-9-8-21s3-21 8-21z', style: plain }),
        s('path', { d: 'M114 3c-5 0-8 9-8 21s3 21 8 21', style: 'fill:none;stroke:var(--sx-line-3)' }),
        s('text', { class: 'nn', x: 56, y: 21, 'text-anchor': 'middle' }, cut(node.name, 94)),
        s('text', { class: 'ns', x: 56, y: 37, 'text-anchor': 'middle' }, cut(node.system || t('node.queue'), 94)),
      ];
    },
    external(node) {
      const bad = node.health === 'critical';
      return [
        s('path', { d: 'M14 0h96l14 24-14 24h-96l-14-24z', 'stroke-dasharray': '5 3', style: 'fill:var(--sx-surface);stroke-width:1.5;stroke:' + (bad ? 'var(--sx-error)' : 'var(--sx-line-3)') }),
        middle(node, t('node.external')),
      ];
    },
    client(node) {
      return [s('rect', { width: W, height: H, rx: 24, style: plain }), middle(node, t('node.client'))];
    },
  };

  /** A group of one kind is called by it. */
  function groupName(node) {
    return node.name.startsWith('kind:') ? t('topology.shared.' + node.name.slice(5)) : node.name;
  }

  const nameOf = (node) => (node.kind === 'group' ? groupName(node) : node.name);

  SHAPES.cache = SHAPES.database;
  SHAPES.gateway = (node) => [SHAPES.service(node), s('path', { class: 'gate', d: 'M119.5 1v46' })];
  SHAPES.group = (node) => [
    s('rect', { x: 6, y: -6, width: W - 12, height: H, rx: 4, style: plain }),
    s('rect', { x: 3, y: -3, width: W - 6, height: H, rx: 4, style: plain }),
    s('rect', { width: W, height: H, rx: 4, style: plain }),
    s('text', { class: 'nn', x: 12, y: 21 }, cut(groupName(node), 104)),
    s('text', { class: 'ns', x: 12, y: 38 }, cut(t('topology.members', node.members.length) + (node.rate === null ? '' : ' · ' + sx.format.text(sx.format.rate(node.rate))), 138)),
  ];

  /** A node that is too small for its figures: outline, colour, and as much of its name as large letters leave room for. */
  function afar(node, options) {
    const bad = node.health === 'critical' && !options.changed;
    return [
      s('path', { d: OUTLINES[node.kind] || OUTLINES.service, 'stroke-dasharray': node.kind === 'external' && '5 3', style: plain + (bad ? ';stroke:var(--sx-error);stroke-width:2.5' : ';stroke-width:1.5') }),
      sx.edges.isService(node) && s('path', { class: 's' + sx.hue(node.hue), d: 'M8 .5h-3a5 5 0 0 0-4.5 5v37a5 5 0 0 0 4.5 5h3z', style: 'fill:var(--c)' }),
      lines(nameOf(node)).map((line, i, all) => s('text', { class: 'nn big', x: 66, y: H / 2 + 8 + (i - (all.length - 1) / 2) * (BIG - 1), 'text-anchor': 'middle' }, cut(line, LINE))),
    ];
  }

  /** A name as one line, or where it is too long for one, as two. */
  function lines(name) {
    const [, first, rest] = /^(.{2,}?[-_./ ])(.{2,})$/.exec(name) || [];
    return first && cut(name, LINE) !== name ? [first.trim(), rest] : [name];
  }

  /** What a difference says of a node, as a badge whose sign tells it without colour. */
  function badge(node, scale) {
    const sign = { new: 'ok', vanished: 'text-3', changed: 'warn' }[node.state];
    return sign && s('g', { class: 'badge', transform: 'translate(0 -2) scale(' + scale + ')' }, s('circle', { r: 9, style: 'fill:var(--sx-surface);stroke-width:1.5;stroke:var(--sx-' + sign + ')' }), s('text', { 'text-anchor': 'middle', y: 4, style: 'fill:var(--sx-text)' }, sx.edges.SIGNS[node.state]));
  }

  /** A node's group, drawn around its centre. */
  function draw(node, at, options) {
    const alarmed = node.health === 'critical' || node.health === 'warning';
    const sign = alarmed && s('g', { transform: 'translate(' + (node.kind === 'external' ? 102 : 116) + ' -8)' }, s('circle', { cx: 8, cy: 8, r: 9, style: 'fill:var(--sx-surface)' }), sx.sign(node.health, 16));
    return s(
      'g',
      {
        class: 'node' + (options.on ? ' on' : '') + (options.dim ? ' dim' : '') + (options.changed ? ' ' + node.state : ''), transform: 'translate(' + (at.x - W / 2) + ' ' + (at.y - H / 2) + ')',
        id: options.on && 'sx-chosen-node', 'data-node': node.id, role: 'button', tabindex: '-1', 'aria-label': sx.nodes.nameOf(node) + ', ' + t('node.' + node.kind) + ', ' + figures(node),
      },
      s('title', null, sx.nodes.nameOf(node) + ' · ' + t('node.' + node.kind)),
      options.on && s('rect', { class: 'ring', x: -4, y: -4, width: W + 8, height: H + 8, rx: 9 }),
      options.far ? afar(node, options) : (SHAPES[node.kind] || SHAPES.service)(node),
      sign,
      options.changed && badge(node, options.far ? 1.8 : 1),
    );
  }

  /** Two nodes of the same sign are drawn alike. */
  function sign(node, at, options) {
    return [at.x, at.y, node.name, node.kind, node.system, node.health, node.rate, node.errorShare, node.hue, node.state, node.members && node.members.length, options.on, options.dim, options.changed, options.far].join('\n');
  }

  sx.nodes = { draw, sign, figures, short, cut, W, H, outline: (kind) => OUTLINES[kind] || OUTLINES.service, nameOf };
})();
