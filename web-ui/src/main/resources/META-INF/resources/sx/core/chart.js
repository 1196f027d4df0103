/**
 * A chart over time, drawn by ECharts in the colours of the tokens. Dragging chooses a range ('sx-zoom'), a double click
 * asks for the one before ('sx-reset'), a single one on what is drawn picks it ('sx-pick'). The library loads with the first
 * chart.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const DRAG = 6;

  /** How long a click waits for a second one, which makes it no pick, in milliseconds. */
  const SECOND_CLICK = 300;

  /** Room around what is drawn, in pixels. */
  const LEFT = 60;
  const RIGHT = 12;
  const TOP = 10;
  const BOTTOM = 24;

  /** The width of a letter of an axis' labels, in pixels. */
  const LETTER = 6.5;

  /** How many labels' widths of an axis of time to offer for one, of which ECharts may make up to two and a half. */
  const SPLIT = 3.2;

  /** Of a bucket's width, what its bar takes. */
  const BAR = 0.88;
  let loading = null;

  function library() {
    loading =
      loading ||
      new Promise((resolve, reject) => {
        const script = h('script', { src: sx.chartsAddress });
        script.onload = () => resolve(globalThis.echarts);
        script.onerror = () => {
          loading = null;
          reject(new Error(t('error.unreachable')));
        };
        document.head.append(script);
      });
    return loading;
  }

  /** A label of the axis of time; nothing where it would be cut off, so many pixels before the end of the axis. */
  function fitting(label, before) {
    return before + RIGHT < (label.length * LETTER) / 2 ? '' : label;
  }

  /** What every chart looks like; width() is its width now. */
  function frame({ from, to, unit, log, top, height, width }) {
    const text = { color: sx.token('text-3'), fontSize: 11, fontFamily: sx.token('font') };
    const format = sx.format.by(unit);
    const scale = top === undefined ? {} : sx.series.scale(top, height < 140 ? 3 : 4, unit === 'bytes' ? 1024 : 1000, unit === 'count' ? 1 : 0);
    const letters = sx.time.tick(from, to - from).length;
    return {
      animation: false,
      useUTC: sx.time.zone === 'utc',
      textStyle: { fontFamily: sx.token('font'), fontSize: 12, color: sx.token('text') },
      grid: { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM },
      xAxis: {
        type: 'time', min: from, max: to, splitNumber: Math.max(2, Math.floor((width() - LEFT - RIGHT) / (letters * LETTER * SPLIT))), splitLine: { show: false }, axisTick: { show: false },
        axisLine: { lineStyle: { color: sx.token('line-2') } },
        axisLabel: { ...text, hideOverlap: true, showMinLabel: false, showMaxLabel: false, formatter: (at) => fitting(sx.time.tick(at, to - from), ((to - at) / (to - from)) * (width() - LEFT - RIGHT)) },
        axisPointer: { label: { show: false } },
      },
      yAxis: {
        type: log ? 'log' : 'value',
        min: log ? undefined : 0, max: scale.top, interval: scale.steps && scale.steps[1],
        axisLabel: { ...text, formatter: (v) => (v === 0 ? '0' : sx.format.brief(format(v, true))) },
        splitLine: { lineStyle: { color: sx.token('grid') } }, axisLine: { show: false }, axisTick: { show: false },
      },
      tooltip: {
        trigger: 'axis', confine: true, className: 'chart-tip', backgroundColor: sx.token('raised'), borderColor: sx.token('line-2'), borderWidth: 1,
        padding: 8, transitionDuration: 0, textStyle: { color: sx.token('text'), fontSize: 12 },
        axisPointer: { type: 'line', lineStyle: { color: sx.token('text-3'), type: [2, 2], width: 1 } },
      },
    };
  }

  class Chart extends HTMLElement {
    connectedCallback() {
      if (!this.place) {
        this.place = h('div', { class: 'chart-place' });
        this.mark = h('div', { class: 'chart-mark', hidden: true });
        this.append(this.place, this.mark);
        this.place.addEventListener('pointerdown', (e) => this.drag(e));
        this.place.addEventListener('dblclick', () => {
          clearTimeout(this.picking);
          this.dispatchEvent(new CustomEvent('sx-reset', { bubbles: true }));
        });
      }
      this.setAttribute('role', 'img');
      this.resize = new ResizeObserver(() => {
        if (!this.chart) return;
        this.chart.resize();
        sx.placeDots(this);
      });
      this.resize.observe(this);
    }

    disconnectedCallback() {
      clearTimeout(this.picking);
      this.resize.disconnect();
      if (this.chart) this.chart.dispose();
      this.chart = null;
    }

    /** Draws what a function makes of the frame; kept, so that new colours can draw it again. */
    async draw(settings, complete) {
      this.settings = settings;
      this.complete = complete;
      let echarts;
      try {
        echarts = await library();
      } catch (failure) {
        sx.put(this.place, h('p', { class: 'mute sm', role: 'alert' }, failure.message));
        return;
      }
      if (!this.isConnected || this.complete !== complete) return;
      if (!this.chart) {
        this.chart = echarts.init(this.place, null, { renderer: 'canvas' });
        if (this.dataset.group) {
          this.chart.group = this.dataset.group;
          echarts.connect(this.dataset.group);
        }
        this.chart.on('click', (e) => this.pick(e.data));
      }
      this.redraw();
    }

    pick(detail) {
      clearTimeout(this.picking);
      this.picking = setTimeout(() => this.dispatchEvent(new CustomEvent('sx-pick', { detail, bubbles: true })), SECOND_CLICK);
    }

    redraw() {
      if (!this.chart) return;
      const base = frame({ ...this.settings, height: this.clientHeight, width: () => this.clientWidth });
      this.chart.setOption(this.complete(base), { notMerge: true });
      this.setAttribute('role', this.exemplars ? 'group' : 'img');
      sx.placeDots(this);
    }

    /** The upper edge of what is drawn, in pixels. */
    top() {
      return TOP;
    }

    /** Time and value at a point of the window. */
    at(event) {
      const box = this.place.getBoundingClientRect();
      return this.chart.convertFromPixel({ gridIndex: 0 }, [event.clientX - box.left, event.clientY - box.top]);
    }

    drag(event) {
      if (!this.chart || event.button !== 0) return;
      const box = this.place.getBoundingClientRect();
      const start = [event.clientX - box.left, event.clientY - box.top];
      const plane = this.dataset.drag === 'area';
      const rect = { left: LEFT, right: box.width - RIGHT, top: TOP, bottom: box.height - BOTTOM };
      if (start[0] < rect.left || start[0] > rect.right || start[1] > rect.bottom) return;
      const show = (e) => {
        const x = Math.max(rect.left, Math.min(rect.right, e.clientX - box.left));
        const y = Math.max(rect.top, Math.min(rect.bottom, e.clientY - box.top));
        this.mark.hidden = Math.abs(x - start[0]) < DRAG;
        this.mark.style.left = Math.min(x, start[0]) + 'px';
        this.mark.style.width = Math.abs(x - start[0]) + 'px';
        this.mark.style.top = (plane ? Math.min(y, start[1]) : rect.top) + 'px';
        this.mark.style.height = (plane ? Math.abs(y - start[1]) : rect.bottom - rect.top) + 'px';
      };
      const up = (e) => {
        removeEventListener('pointermove', show);
        const hidden = this.mark.hidden;
        this.mark.hidden = true;
        if (hidden || !this.chart) return;
        this.chosen(start, [Math.max(rect.left, Math.min(rect.right, e.clientX - box.left)), e.clientY - box.top]);
      };
      addEventListener('pointermove', show);
      addEventListener('pointerup', up, { once: true });
    }

    chosen(start, end) {
      const a = this.chart.convertFromPixel({ gridIndex: 0 }, start);
      const b = this.chart.convertFromPixel({ gridIndex: 0 }, end);
      this.dispatchEvent(
        new CustomEvent('sx-zoom', {
          bubbles: true,
          detail: { from: Math.round(Math.min(a[0], b[0])), to: Math.round(Math.max(a[0], b[0])), low: Math.min(a[1], b[1]), high: Math.max(a[1], b[1]) },
        }),
      );
    }

    /**
     * Lines: [{name, colour, points: [[millis, value or null], …], dim}], with thresholds, tinted bands, marks of moments and
     * exemplars {list, onAxis, colour}. A point between two gaps is drawn as a dot.
     */
    lines(settings, series, extra) {
      const format = sx.format.by(settings.unit);
      const { thresholds = [], bands = [], marks = [], exemplars = null } = extra || {};
      this.exemplars = exemplars && exemplars.list.length ? { format, ...exemplars } : null;
      const most = Math.max(0, ...series.flatMap((s) => s.points.map((p) => p[1] || 0)), ...thresholds.map((x) => x.value));
      return this.draw({ ...settings, top: most }, (base) => ({
        ...base,
        tooltip: { ...base.tooltip, formatter: (rows) => tooltip(rows, format, colour, series) },
        series: [
          ...series.map((s, i) => ({
            type: 'line', name: s.name, data: s.points, symbol: 'circle', symbolSize: 5, showSymbol: false, connectNulls: false,
            lineStyle: { width: 1.5, color: colour(s), opacity: s.dim ? 0.15 : 1 }, itemStyle: { color: colour(s), opacity: s.dim ? 0.15 : 1 },
            emphasis: { disabled: true }, sampling: s.points.length > 2000 ? 'lttb' : undefined,
            markLine: i === 0 && thresholds.length + marks.length ? limits(thresholds, marks) : undefined,
            markArea: i === 0 && bands.length ? area(bands) : undefined,
          })),
          {
            type: 'scatter', silent: true, symbolSize: 5, tooltip: { show: false },
            data: series.flatMap((s) => sx.series.alone(s.points).map((value) => ({ value, itemStyle: { color: colour(s), opacity: s.dim ? 0.15 : 1 } }))),
          },
        ],
      }));
    }

    /**
     * Stacked bars: levels [{name, colour, values}], one value a bucket. They are drawn as shapes of our own, because ECharts
     * widens an axis of time around its bars, past the range that was asked for.
     */
    bars(settings, starts, step, levels) {
      const below = starts.map(() => 0);
      const stacked = levels.map((l) => l.values.map((n, i) => [starts[i] + step / 2, n, (below[i] += n) - n]));
      return this.draw({ ...settings, unit: 'count', top: Math.max(0, ...below) }, (base) => ({
        ...base,
        tooltip: { ...base.tooltip, axisPointer: { type: 'line', lineStyle: base.tooltip.axisPointer.lineStyle }, formatter: (rows) => bucketTip(rows, step, levels) },
        series: levels.map((l, i) => ({
          type: 'custom', name: l.name, clip: true, encode: { x: 0, y: 1 }, renderItem: bar(step * BAR, sx.token(l.colour)), emphasis: { disabled: true },
          data: stacked[i],
        })),
      }));
    }
  }

  /** Draws [middle, height, below] as a bar so many milliseconds wide, no wider than the axis. */
  function bar(width, fill) {
    return (params, api) => {
      const [middle, height, below] = [api.value(0), api.value(1), api.value(2)];
      if (!height) return null;
      const { x: least, width: room } = params.coordSys;
      const inside = (x) => Math.max(least, Math.min(least + room, x));
      const [left, top] = api.coord([middle - width / 2, below + height]);
      const [right, bottom] = api.coord([middle + width / 2, below]);
      return { type: 'rect', shape: { x: inside(left), y: top, width: inside(right) - inside(left), height: bottom - top }, style: { fill } };
    };
  }

  function colour(s) {
    return s.hue ? sx.token('svc-' + sx.hue(s.hue)) : s.colour || sx.token('text-3');
  }

  /** Dashed lines at values, and dotted ones with a label at moments. */
  function limits(thresholds, marks) {
    const label = (position, colour) => ({ position, color: sx.token(colour), fontSize: 11, formatter: (m) => m.name });
    const dotted = { color: sx.token('text-3'), type: [1, 3], width: 1 };
    return {
      silent: true, symbol: 'none', lineStyle: { color: sx.token('error'), type: [4, 3], width: 1 },
      label: label('insideStartTop', 'error-text'),
      data: [
        ...thresholds.map((x) => ({ yAxis: x.value, name: x.name })),
        ...marks.map((m) => ({ xAxis: m.at, name: m.name, lineStyle: dotted, label: { ...label('end', 'text-2'), distance: [0, -10], width: 120, overflow: 'truncate', align: m.right ? 'right' : 'left', padding: [0, 4, 0, 4] } })),
      ],
    };
  }

  function area(bands) {
    return {
      silent: true,
      data: bands.map((b) => [
        { xAxis: b.from, name: b.name || '', itemStyle: { color: sx.token(b.tone + '-bg'), opacity: 0.9 }, label: { position: 'insideTopLeft', color: sx.token(b.tone + '-text'), fontSize: 11 } },
        { xAxis: b.to },
      ]),
    };
  }

  function tooltip(rows, format, colour, series) {
    const known = rows.filter((r) => r.value && r.value[1] !== null && r.value[1] !== undefined).sort((a, b) => b.value[1] - a.value[1]);
    if (!known.length) return '';
    return h('div', null, h('div', { class: 'dim' }, sx.time.full(known[0].value[0])),
      known.slice(0, 12).map((r) => h('div', { class: 'tiprow' }, h('i', { class: 'sw', style: 'background:' + colour(series[r.seriesIndex]) }), h('span', { class: 'cut' }, r.seriesName), h('b', null, sx.format.text(format(r.value[1]))))),
      known.length > 12 && h('div', { class: 'dim' }, '+' + (known.length - 12)));
  }

  function bucketTip(rows, step, levels) {
    if (!rows.length) return '';
    const from = rows[0].value[0] - step / 2;
    return h('div', null, h('b', null, sx.time.clock(from) + ' – ' + sx.time.clock(from + step)),
      rows.slice().reverse().filter((r) => r.value[1] > 0).map((r) => h('div', { class: 'tiprow' }, h('i', { class: 'sw', style: 'background:' + sx.token(levels[r.seriesIndex].colour) }), h('span', null, r.seriesName), h('b', null, sx.format.text(sx.format.count(r.value[1]))))));
  }

  sx.define('sx-chart', Chart);
})();
