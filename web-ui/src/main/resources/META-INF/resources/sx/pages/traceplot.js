/**
 * Durations over time, above the list of traces: the traces found as dots, or all spans that match as a heatmap. Dragging
 * over a rectangle tells its times and durations ('sx-zoom').
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const COLUMNS = 72;

  class TracePlot extends HTMLElement {
    connectedCallback() {
      if (this.chart) return;
      this.className = 'panel tplot';
      this.chart = h('sx-chart', { style: 'height:196px', 'data-drag': 'area', 'aria-label': t('traces.duration') });
      this.chart.addEventListener('sx-pick', (e) => e.detail && e.detail.trace && sx.state.go(sx.state.link('trace/' + e.detail.trace.traceId)));
      this.kinds = h('span');
      this.legend = h('div', { class: 'mini-leg' });
      this.note = h('span', { class: 'dim sm cut' });
      sx.put(this, h('div', { class: 'ph nb' }, h('h2', null, t('traces.duration')), this.note, h('span', { class: 'sp' }), this.legend, this.kinds), this.chart);
    }

    disconnectedCallback() {
      if (this.running) this.running.abort();
    }

    kind() {
      return sx.state.get('plot') === 'heatmap' ? 'heatmap' : 'scatter';
    }

    /** Draws the traces, or fetches what the query finds in the range and draws that. */
    show(traces, query, range) {
      this.range = range;
      const kind = this.kind();
      const choices = ['scatter', 'heatmap'].map((value) => ({ value, label: t('traces.plot.' + value) }));
      sx.put(this.kinds, parts.segments(choices, kind, (v) => sx.state.set({ plot: v === 'scatter' ? '' : v }, true), t('traces.plot')));
      this.kinds.firstChild.classList.add('s');
      if (this.running) this.running.abort();
      if (kind === 'scatter') this.scatter(traces);
      else this.heatmap(query);
    }

    scatter(traces) {
      this.note.textContent = t('traces.drag');
      sx.put(this.legend, h('span', null, h('i', { class: 'dot-ok' }), t('traces.ok')), h('span', null, h('i', { class: 'dot-error' }), t('figure.error')));
      const point = (tr) => ({ value: [sx.time.ofNanos(tr.startNanos), Math.max(1e-6, tr.durationNanos / 1e9)], trace: tr });
      const ok = traces.filter((tr) => !tr.errors).map(point);
      const bad = traces.filter((tr) => tr.errors).map(point);
      this.chart.draw({ ...this.range, unit: 'seconds', log: true }, (base) => ({
        ...base,
        tooltip: { ...base.tooltip, trigger: 'item', formatter: (p) => this.tip(p.data.trace) },
        series: [
          { type: 'scatter', data: ok, symbolSize: 5, itemStyle: { color: sx.token('text-4'), opacity: 0.6 } },
          { type: 'scatter', data: bad, symbol: 'diamond', symbolSize: 9, itemStyle: { color: sx.token('error'), opacity: 0.85 } },
        ],
      }));
    }

    tip(tr) {
      return h('div', null, h('div', { class: 'dim' }, sx.time.full(sx.time.ofNanos(tr.startNanos))), h('b', null, tr.rootService + ' · ' + tr.rootName),
        h('div', null, sx.format.text(sx.format.nanos(tr.durationNanos)) + (tr.errors ? ' · ' + tr.errors + ' ' + t('figure.errors') : '')));
    }

    async heatmap(query) {
      const running = (this.running = new AbortController());
      this.note.textContent = t('traces.heat.hint');
      const waiting = setTimeout(() => this.classList.add('stale'), 200);
      try {
        const found = await sx.api.get('spans/durations', { ...query, columns: COLUMNS }, running.signal);
        if (this.running === running) this.drawHeat(found);
      } catch (failure) {
        if (failure.name === 'AbortError' || this.running !== running) return;
        this.note.textContent = failure.message;
        this.drawHeat({ endsMillis: [], stepMillis: 0, rows: [], incomplete: failure.message });
      } finally {
        clearTimeout(waiting);
        if (this.running === running) this.classList.remove('stale');
      }
    }

    drawHeat(found) {
      const cells = sx.tracetable.cells(found);
      const most = Math.max(0, ...cells.map((c) => c.count));
      sx.put(this.legend, found.incomplete && h('span', { class: 'warn', title: found.incomplete }, sx.sign('warning', 12), t('traces.incomplete')),
        most > 0 && h('span', null, '1', [0, 1, 2, 3, 4].map((i) => h('i', { class: 'heat', style: 'background:var(--sx-heat-' + i + ')' })), sx.format.text(sx.format.count(most))));
      const low = Math.min(1e-3, ...cells.map((c) => c.low));
      const high = Math.max(1, ...cells.map((c) => c.high));
      const data = cells.map((cell) => ({ value: [cell.from, cell.low, cell.to, cell.high], cell }));
      this.chart.draw({ ...this.range, unit: 'seconds', log: true }, (base) => ({
        ...base,
        yAxis: { ...base.yAxis, axisLabel: { ...base.yAxis.axisLabel, showMinLabel: false, showMaxLabel: false }, min: cells.length ? Math.min(...cells.map((c) => c.low)) : low, max: high },
        tooltip: { ...base.tooltip, trigger: 'item', formatter: (p) => this.cellTip(p.data.cell) },
        series: [{ type: 'custom', clip: true, data, encode: { x: [0, 2], y: [1, 3] }, renderItem: (params, api) => rectangle(api, cells[params.dataIndex]) }],
      }));
    }

    cellTip(cell) {
      const length = (s) => sx.format.text(sx.format.seconds(s));
      return h('div', null, h('div', { class: 'dim' }, sx.time.clock(cell.from) + ' – ' + sx.time.clock(cell.to)), h('div', null, length(cell.low) + ' – ' + length(cell.high)), h('b', null, sx.tn('traces.matching', cell.count)));
    }
  }

  function rectangle(api, cell) {
    const [left, top] = api.coord([cell.from, cell.high]);
    const [right, bottom] = api.coord([cell.to, cell.low]);
    return { type: 'rect', shape: { x: left + 0.5, y: top + 0.5, width: Math.max(1, right - left - 1), height: Math.max(1, bottom - top - 1) }, style: { fill: sx.token('heat-' + cell.heat) } };
  }

  sx.define('sx-trace-plot', TracePlot);
})();
