/** Requests and errors of all services as bars over six times the range, with the range to drag upon them. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, s, t } = sx;
  const HEIGHT = 96;
  const LEFT = 44;
  const RIGHT = 8;
  const TOP = 12;
  const BOTTOM = 76;

  class Overview extends HTMLElement {
    connectedCallback() {
      this.legend = h('div', { class: 'mini-leg sm' });
      this.place = h('div', { class: 'overview' });
      sx.put(
        this,
        h('section', { class: 'panel', style: 'padding:8px 12px 4px' },
          h('div', { class: 'row', style: 'height:24px' }, h('h2', null, t('overview.title')), h('span', { class: 'dim sm' }, t('overview.hint')), h('span', { class: 'sp' }), this.legend),
          this.place),
      );
      this.resize = new ResizeObserver(() => this.data && this.draw());
      this.resize.observe(this.place);
    }

    disconnectedCallback() {
      this.resize.disconnect();
    }

    show(overview, range) {
      this.data = overview;
      this.range = range;
      this.draw();
    }

    draw() {
      const { requests, errors } = this.data;
      const width = Math.max(200, this.place.clientWidth);
      const first = begin(requests, 0);
      const end = begin(requests, requests.values.length);
      const x = (at) => LEFT + ((at - first) / (end - first)) * (width - LEFT - RIGHT);
      this.at = (px) => first + ((px - LEFT) / (width - LEFT - RIGHT)) * (end - first);
      this.x = x;
      this.limits = [first, end];
      const known = requests.values.filter((v) => v !== null);
      const top = sx.series.ceiling(Math.max(...known, 0));
      const y = (v) => BOTTOM - (v / top) * (BOTTOM - TOP);
      const factor = this.factor(errors, requests);
      const bars = requests.values.map((v, i) => this.bars(i, v, errors.values[i] * factor, x, y));
      this.selection = s('g');
      const picture = s(
        'svg',
        { class: 'ch', width, height: HEIGHT, viewBox: '0 0 ' + width + ' ' + HEIGHT, role: 'img', 'aria-label': t('overview.title') },
        s('text', { class: 'ax', x: LEFT - 6, y: TOP + 4, 'text-anchor': 'end' }, sx.format.brief(sx.format.rate(top))),
        s('text', { class: 'ax', x: LEFT - 6, y: BOTTOM, 'text-anchor': 'end' }, '0'),
        s('line', { class: 'gl', x1: LEFT, x2: width - RIGHT, y1: TOP, y2: TOP }),
        s('line', { class: 'al', x1: LEFT, x2: width - RIGHT, y1: BOTTOM, y2: BOTTOM }),
        bars,
        this.ticks(x, width),
        this.selection,
      );
      sx.put(this.place, picture);
      picture.addEventListener('pointerdown', (e) => this.drag(e, picture));
      picture.addEventListener('pointermove', (e) => this.hover(e, picture));
      picture.addEventListener('pointerleave', () => sx.tip());
      sx.put(this.legend, this.key('var(--sx-lv-info)', t('overview.requests')), this.key('var(--sx-error)', t('overview.errors') + (factor > 1 ? ' ×' + factor : '')));
      this.select(this.range.from, this.range.to);
    }

    /** Errors are drawn larger where they would not show, by a factor the legend names. */
    factor(errors, requests) {
      const most = Math.max(...requests.values.map((v) => v || 0));
      const worst = Math.max(...errors.values.map((v) => v || 0));
      if (worst <= 0 || most <= 0) return 1;
      return [1, 2, 5, 10, 20, 50].find((f) => (worst * f) / most > 0.2) || 50;
    }

    key(colour, text) {
      return h('span', null, h('i', { class: 'sw', style: 'background:' + colour }), text);
    }

    bars(i, requests, errors, x, y) {
      const { stepMillis } = this.data.requests;
      const from = begin(this.data.requests, i);
      const left = x(from) + 0.5;
      const w = Math.max(1, x(from + stepMillis) - left - 0.5);
      const inside = from + stepMillis / 2 >= this.range.from && from <= this.range.to;
      const rect = (value, colour) =>
        value > 0 && s('rect', { x: left.toFixed(1), y: y(value).toFixed(1), width: w.toFixed(1), height: Math.max(0.5, BOTTOM - y(value)).toFixed(1), style: 'fill:' + colour });
      return [rect(requests, inside ? 'var(--sx-lv-info)' : 'var(--sx-lv-debug)'), rect(errors, 'var(--sx-error)')];
    }

    ticks(x, width) {
      const [from, to] = this.limits;
      return sx.time.ticks(from, to, Math.max(2, Math.floor(width / 140))).map((at) => {
        const px = x(at);
        const anchor = px < LEFT + 16 ? 'start' : px > width - 24 ? 'end' : 'middle';
        return s('text', { class: 'ax', x: px, y: BOTTOM + 15, 'text-anchor': anchor }, sx.time.tick(at, to - from));
      });
    }

    select(from, to) {
      const left = Math.max(LEFT, this.x(from));
      const right = Math.max(left + 2, this.x(to));
      const handle = (px) => s('rect', { class: 'handle', x: px - 3, y: 34, width: 6, height: 18, rx: 2 });
      sx.put(this.selection, s('rect', { class: 'sel-r', x: left, y: TOP - 6, width: right - left, height: BOTTOM - TOP + 6, rx: 2 }), handle(left), handle(right));
    }

    hover(event, picture) {
      const { requests, errors } = this.data;
      const at = this.at(event.clientX - picture.getBoundingClientRect().left);
      const i = Math.floor((at - begin(requests, 0)) / requests.stepMillis);
      if (i < 0 || i >= requests.values.length || this.dragging) return sx.tip();
      const time = begin(requests, i);
      return sx.tip(
        event.clientX, event.clientY,
        h('div', { class: 'dim' }, sx.time.full(time)),
        h('div', null, t('overview.requests') + ' ', h('b', null, sx.format.text(sx.format.rate(requests.values[i])))),
        h('div', null, t('overview.errors') + ' ', h('b', null, sx.format.text(sx.format.rate(errors.values[i])))),
      );
    }

    drag(event, picture) {
      const box = picture.getBoundingClientRect();
      const clamp = (px) => Math.max(this.limits[0], Math.min(this.limits[1], this.at(px - box.left)));
      const start = clamp(event.clientX);
      this.dragging = true;
      sx.tip();
      picture.setPointerCapture(event.pointerId);
      const move = (e) => this.select(Math.min(start, clamp(e.clientX)), Math.max(start, clamp(e.clientX)));
      const up = (e) => {
        picture.removeEventListener('pointermove', move);
        this.dragging = false;
        const end = clamp(e.clientX);
        if (Math.abs(end - start) < this.data.requests.stepMillis / 2) this.select(this.range.from, this.range.to);
        else sx.state.setRange(String(Math.round(Math.min(start, end))), String(Math.round(Math.max(start, end))));
      };
      picture.addEventListener('pointermove', move);
      picture.addEventListener('pointerup', up, { once: true });
    }
  }

  /** When a bar's time begins: a series tells when its steps end. */
  function begin(series, i) {
    return series.startMillis + (i - 1) * series.stepMillis;
  }

  sx.define('sx-overview', Overview);
})();
