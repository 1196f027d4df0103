/**
 * Exemplars over a chart: a dot for each, which is a link to its trace. One of them is in the order of tabs; the arrow keys
 * go from one to the next.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const ABOVE = 4;

  /** Pixels of a chart's width for one column of dots. */
  const COLUMN = 16;

  /** Puts the host's exemplars where its chart has their time and value: {list, format, onAxis, colour}. */
  sx.placeDots = function (host) {
    const { list = [], format, onAxis = true, colour } = host.exemplars || {};
    if (!host.dots && !list.length) return;
    if (!host.dots) {
      host.dots = h('div', { class: 'chart-dots', role: 'list', 'aria-label': t('exemplars') });
      host.dots.addEventListener('keydown', (e) => step(host.dots, e));
      host.append(host.dots);
    }
    const shown = sx.exemplars.spread(list, host.settings, Math.max(1, Math.floor(host.clientWidth / COLUMN)));
    host.dots.hidden = !shown.length;
    const before = new Map([...host.dots.children].map((item) => [item.dataset.key, item]));
    const items = shown.map((e) => {
      const key = e.traceId + ' ' + e.spanId + ' ' + e.at;
      const item = before.get(key) || dot(key, e, format);
      before.delete(key);
      item.firstChild.style.cssText = place(host, e, onAxis) + ';--c:' + colour(e);
      item.firstChild.classList.toggle('above', onAxis && isAbove(host, e));
      return item;
    });
    for (const gone of before.values()) gone.remove();
    items.forEach((item, i) => {
      if (host.dots.children[i] !== item) host.dots.insertBefore(item, host.dots.children[i] || null);
    });
    const links = [...host.dots.querySelectorAll('a')];
    if (links.length && !links.some((a) => a.tabIndex === 0)) links[0].tabIndex = 0;
  };

  function at(host, exemplar, onAxis) {
    return host.chart.convertToPixel({ gridIndex: 0 }, [exemplar.at, onAxis ? exemplar.value : 0]);
  }

  function isAbove(host, exemplar) {
    return at(host, exemplar, true)[1] < host.top();
  }

  /** Where a dot stands; values above the axis stand at its top, those of another unit at its foot. */
  function place(host, exemplar, onAxis) {
    const [x, y] = at(host, exemplar, onAxis);
    return 'left:' + x.toFixed(1) + 'px;top:' + (y < host.top() ? host.top() - ABOVE : y).toFixed(1) + 'px';
  }

  function dot(key, e, format) {
    const value = sx.format.text(format(e.value));
    const time = sx.time.full(e.at);
    const a = h('a', { class: 'exemplar', href: sx.state.link('trace/' + e.traceId, e.spanId ? { span: e.spanId } : {}), tabindex: '-1', 'aria-label': t('exemplars.one', value, time, e.traceId) });
    const show = () => {
      const box = a.getBoundingClientRect();
      sx.tip(box.right, box.bottom, h('div', { class: 'dim' }, time), h('div', { class: 'tiprow' }, h('span', { class: 'cut' }, e.labels.span_name || t('exemplars.value')), h('b', null, value)), h('div', { class: 'mono sm' }, e.traceId), h('div', { class: 'dim sm' }, t('exemplars.open')));
    };
    a.addEventListener('pointerenter', show);
    a.addEventListener('focus', show);
    for (const end of ['pointerleave', 'blur', 'click']) a.addEventListener(end, () => sx.tip());
    return h('span', { role: 'listitem', 'data-key': key }, a);
  }

  function step(dots, event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const all = [...dots.querySelectorAll('a')];
    const now = all.indexOf(document.activeElement);
    const next = all[(now + by + all.length) % all.length];
    for (const a of all) a.tabIndex = a === next ? 0 : -1;
    next.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
  }
})();
