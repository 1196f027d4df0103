/** Icons of 16 pixels, strokes in the text's colour, and the signs of health, which carry a shape of their own. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { s } = sx;
  const circle = (cx, cy, r) => ['circle', { cx, cy, r }];
  const path = (d) => ['path', { d }];
  const ICONS = {
    services: [path('M2.5 3.5h11v3h-11zM2.5 9.5h11v3h-11zM5 5h.01M5 11h.01')],
    topology: [circle(3.5, 8, 1.75), circle(12.5, 3.5, 1.75), circle(12.5, 12.5, 1.75), path('M5.2 7.2 10.9 4.3M5.2 8.8l5.7 2.9')],
    traces: [path('M2 3.5h8M4.5 8H12M7 12.5h7')],
    logs: [path('M2.5 3.5h11M2.5 6.5h8M2.5 9.5h11M2.5 12.5h6')],
    metrics: [path('M2.5 2.5v11h11M5 10.5l2.5-3.5 2.5 2 3.5-5')],
    alerts: [path('M8 2a4 4 0 0 1 4 4c0 3.2 1.5 4.5 1.5 4.5h-11S4 9.2 4 6a4 4 0 0 1 4-4zM6.5 13a1.6 1.6 0 0 0 3 0')],
    settings: [
      circle(8, 8, 2),
      path('M8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4'),
    ],
    search: [circle(7, 7, 4.25), path('m10.2 10.2 3.3 3.3')],
    zoomOut: [circle(7, 7, 4.25), path('m10.2 10.2 3.3 3.3M5 7h4')],
    left: [path('M9.5 4.5 6 8l3.5 3.5')],
    right: [path('m6.5 4.5 3.5 3.5-3.5 3.5')],
    down: [path('m4.5 6.5 3.5 3.5 3.5-3.5')],
    up: [path('M4.5 9.5 8 6l3.5 3.5')],
    history: [path('M3 8a5 5 0 1 0 1.6-3.7M3 2.8v2.4h2.4M8 5.2V8l2 1.4')],
    clock: [circle(8, 8, 5.75), path('M8 4.8V8l2.2 1.6')],
    refresh: [path('M13 5.5A5.5 5.5 0 1 0 13.5 9M13.2 2.5v3.2H10')],
    sun: [
      circle(8, 8, 2.75),
      path('M8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1'),
    ],
    moon: [path('M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5z')],
    screen: [path('M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5')],
    help: [circle(8, 8, 5.75), path('M6.3 6.4a1.75 1.75 0 1 1 2.4 1.7c-.5.2-.7.5-.7 1.1M8 11.3h.01')],
    menu: [path('M2.5 4.5h11M2.5 8h11M2.5 11.5h11')],
    plus: [path('M8 3.5v9M3.5 8h9')],
    minus: [path('M3.5 8h9')],
    globe: [circle(8, 8, 5.5), path('M2.5 8h11M8 2.5c2 2 2 9 0 11M8 2.5c-2 2-2 9 0 11')],
    download: [path('M8 2.5v7M5 7l3 3 3-3M3 13.5h10')],
    copy: [['rect', { x: 5.5, y: 5.5, width: 8, height: 8, rx: 1 }], path('M10.5 3v-.5h-8v8H3')],
    check: [path('m3.5 8.5 3 3 6-7')],
    close: [path('m4.5 4.5 7 7M11.5 4.5l-7 7')],
    columns: [path('M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10')],
    sort: [path('M8 3.5v9M4.5 9 8 12.5 11.5 9')],
    sortUp: [path('M8 12.5v-9M4.5 7 8 3.5 11.5 7')],
    share: [path('M6.8 9.2 9.2 6.8M7 5l1.5-1.5a2.7 2.7 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.7 2.7 0 0 1-4-4L5 7')],
    open: [path('M6 4H3.5v8.5h9V10M9 2.5h4.5V7M13.3 2.7 7.5 8.5')],
    wrap: [path('M2.5 3.5h11M2.5 8h9a2 2 0 0 1 0 4H8M9.5 10.5 8 12l1.5 1.5M2.5 12h3')],
    focus: [circle(8, 8, 2), path('M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3')],
    database: [['ellipse', { cx: 8, cy: 4, rx: 5, ry: 1.8 }], path('M3 4v8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V4M3 8c0 1 2.2 1.8 5 1.8S13 9 13 8')],
    queue: [path('M2.5 5h9c1 0 2 1.3 2 3s-1 3-2 3h-9zM5.5 5v6M8.5 5v6')],
    flame: [path('M2.5 12.5h11M3.5 9.5h9M5 6.5h5M6.5 3.5H9')],
    edit: [path('m3 13 .6-2.8 7.6-7.6 2.2 2.2-7.6 7.6zM9.8 4l2.2 2.2')],
    star: [path('m8 2 1.8 3.8 4.2.6-3 3 .7 4.1L8 11.5l-3.7 2 .7-4.1-3-3 4.2-.6z')],
    swap: [path('M3 5.5h9.5L10 3M13 10.5H3.5L6 13')],
    user: [circle(8, 5.5, 2.5), path('M3 13.5c.5-3 2.5-4 5-4s4.5 1 5 4')],
    exit: [path('M6.5 3h-4v10h4M6 8h7M10.5 5.5 13 8l-2.5 2.5')],
  };

  /** An icon; size 16 or 12. */
  sx.icon = function (name, size) {
    return copied(name + ' ' + size, () => {
      const shapes = (ICONS[name] || []).map(([tag, attributes]) => s(tag, attributes));
      return s('svg', { class: size === 12 ? 'i i12' : 'i', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, shapes);
    });
  };

  const made = new Map();

  /** A copy of what is made once: long lists show thousands of icons while they scroll. */
  function copied(key, make) {
    if (!made.has(key)) made.set(key, make());
    return made.get(key).cloneNode(true);
  }

  const SIGNS = {
    critical: () => [
      s('path', { d: 'M8 .9 15.1 8 8 15.1.9 8z', style: 'fill:var(--sx-error)' }),
      s('path', { d: 'M8 4.6v4M8 11.1v.2', style: 'stroke:var(--sx-surface);stroke-width:1.8;stroke-linecap:round' }),
    ],
    warning: () => [
      s('path', { d: 'M8 1.6 15.2 14H.8z', style: 'fill:var(--sx-warn)' }),
      s('path', { d: 'M8 6.2v3.6M8 11.9v.1', style: 'stroke:var(--sx-surface);stroke-width:1.7;stroke-linecap:round' }),
    ],
    healthy: () => [
      s('circle', { cx: 8, cy: 8, r: 6, style: 'fill:none;stroke:var(--sx-ok);stroke-width:1.5' }),
      s('path', {
        d: 'm5.2 8.2 2 2 3.6-4.2',
        style: 'fill:none;stroke:var(--sx-ok);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round',
      }),
    ],
    nodata: () => [
      s('circle', { cx: 8, cy: 8, r: 6, style: 'fill:none;stroke:var(--sx-text-3);stroke-width:1.5;stroke-dasharray:2.5 2.2' }),
    ],
    muted: () => [
      s('circle', { cx: 8, cy: 8, r: 6, style: 'fill:none;stroke:var(--sx-text-3);stroke-width:1.5' }),
      s('path', { d: 'm4 12 8-8', style: 'stroke:var(--sx-text-3);stroke-width:1.5' }),
    ],
  };

  /** The sign of a state: critical, warning, healthy, nodata or muted. */
  sx.sign = function (state, size, label) {
    const side = size || 16;
    const name = SIGNS[state] ? state : 'nodata';
    const told = label || sx.t('health.' + name);
    return copied([name, side, told].join(' '), () => s('svg', { class: 'sign', width: side, height: side, viewBox: '0 0 16 16', role: 'img', 'aria-label': told }, SIGNS[name]()));
  };

  class Icon extends HTMLElement {
    connectedCallback() {
      sx.put(this, sx.icon(this.getAttribute('name')));
    }
  }

  class Mark extends HTMLElement {
    connectedCallback() {
      sx.put(
        this,
        s(
          'svg',
          { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8, 'stroke-linecap': 'round', 'aria-hidden': 'true' },
          s('path', { d: 'M12 3 5.2 18.5M12 3l6.8 15.5M3.6 16.2a14.5 14.5 0 0 0 16.8 0M12 3l2 10.5' }),
          s('circle', { cx: 14.2, cy: 14.6, r: 1.2 }),
        ),
      );
    }
  }

  sx.define('sx-icon', Icon);
  sx.define('sx-mark', Mark);
})();
