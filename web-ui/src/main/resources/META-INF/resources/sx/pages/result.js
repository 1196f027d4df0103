/** What one expression gave: a chart over its legend, or a table. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const DRAWN = 50;
  const LISTED = 200;
  const SERVICE = ['service', 'service_name', 'job', 'resource.service.name'];
  const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

  /** A number as Prometheus writes it. */
  function number(text) {
    const value = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
    return value;
  }

  class Result extends HTMLElement {
    show(answer, range, table, step, hues) {
      this.hues = hues;
      this.answer = answer;
      this.unit = answer.unit || sx.format.unitOf(answer.expression);
      const { resultType, result } = answer.data;
      if (resultType === 'matrix' && result.length && !table) this.showMatrix(result, range, step);
      else this.showTable(resultType, result);
    }

    head(...more) {
      const { i, expression } = this.answer;
      return h('div', { class: 'ph' }, !this.answer.alone && h('span', { class: 'refid', style: 'width:24px;height:24px' }, String.fromCharCode(65 + i)), h('h2', { class: 'cut mono', style: 'font-weight:400', title: expression }, expression), h('span', { class: 'sp' }), more);
    }

    series(result, range, step) {
      const keys = sx.series.telling(result.map((r) => r.metric));
      return result.map((r, i) => {
        const points = [];
        let last = null;
        for (const [at, text] of r.values) {
          const value = number(text);
          if (last !== null && at - last > step * 1.5) points.push([last * 1000 + 1, null]);
          points.push([at * 1000, Number.isFinite(value) ? value : null]);
          last = at;
        }
        const short = keys.length ? keys.map((k) => (keys.length === 1 ? r.metric[k] || '—' : k + '=' + (r.metric[k] || ''))).join(', ') : sx.series.label(r.metric);
        const service = keys.length <= 2 ? SERVICE.map((k) => keys.includes(k) && r.metric[k]).find((name) => name && this.hues.has(name)) : null;
        return { name: short, metric: r.metric, full: sx.series.label(r.metric), service, hue: service ? this.hues.get(service) : SLOTS[i % SLOTS.length], points, summary: sx.series.summary(points.map((p) => p[1])) };
      });
    }

    showMatrix(result, range, step) {
      this.all = this.series(result, range, step);
      this.range = range;
      if (!this.chart || !this.chart.isConnected) {
        this.chart = h('sx-chart', { style: 'height:260px', 'data-group': 'metrics', 'aria-label': t('metrics.chart', this.answer.expression) });
        this.top = h('div');
        this.legend = h('div');
        sx.put(this, h('section', { class: 'panel', style: 'overflow:hidden' }, this.top, this.chart, this.legend));
      }
      sx.put(this.top, this.head(this.exemplarNote()), result.length > DRAWN && h('p', { class: 'warn sm pad' }, t('metrics.tooMany', DRAWN, result.length)));
      this.redraw();
    }

    exemplarNote() {
      const { list, failure } = this.answer.exemplars;
      if (failure) return h('span', { class: 'row warn sm cut', title: failure.message }, sx.sign('warning', 12), t('exemplars.failed'));
      return list.length > 0 && h('span', { class: 'dim sm cut' }, t(this.comparable() ? 'exemplars.hint' : 'exemplars.hint.below'));
    }

    /** Whether exemplars have the values that are drawn: as the answer says, else as the expression tells. */
    comparable() {
      const { comparable, expression } = this.answer;
      return comparable === undefined ? sx.exemplars.comparable(expression) : comparable;
    }

    /** The exemplars of what is drawn, in the colour of their line where they are of one. */
    exemplars(drawn, all) {
      const metrics = drawn.map((s) => s.metric);
      const owned = this.answer.exemplars.list.map((e) => ({ ...e, line: sx.exemplars.owner(e.labels, metrics) }));
      const shown = all ? owned : owned.filter((e) => e.line >= 0);
      const colour = (e) => (e.line < 0 ? 'var(--sx-text-3)' : 'var(--sx-svc-' + sx.hue(drawn[e.line].hue) + ')');
      return { list: shown, onAxis: this.comparable(), colour };
    }

    /** Those clicked in the legend, all where none was. */
    redraw() {
      const chosen = this.chosen && this.all.some((s) => this.chosen.has(s.full)) ? this.chosen : null;
      const drawn = this.all.slice(0, DRAWN).filter((s) => !chosen || chosen.has(s.full));
      this.chart.lines({ ...this.range, unit: this.unit }, drawn, { exemplars: this.exemplars(drawn, !chosen) });
      const format = sx.format.by(this.unit);
      const order = this.all.slice(0, LISTED).sort((a, b) => (b.summary.last || 0) - (a.summary.last || 0));
      const num = (v) => h('td', { class: 'num' }, sx.format.text(format(v)));
      const head = ['last', 'min', 'max', 'mean'];
      sx.put(this.legend, h('table', { class: 'tbl d24 legend' },
        h('thead', null, h('tr', null, h('th', null, t('metrics.legend')), head.map((k) => h('th', { class: 'num', style: 'width:104px' }, t('metrics.' + k))))),
        h('tbody', null, order.map((s) => h('tr', { class: 'click' + (chosen && chosen.has(s.full) ? ' on' : ''), onclick: (e) => this.pick(s, e.shiftKey) },
          h('td', { class: 'cut', title: s.full }, h('button', { class: 'plain svc', type: 'button', 'aria-pressed': String(Boolean(chosen && chosen.has(s.full))) }, s.service ? parts.chip(s.service, s.hue) : h('i', { class: 'sw s' + s.hue }), h('span', { class: 'cut' }, s.name))), head.map((k) => num(s.summary[k])))))));
    }

    pick(series, add) {
      const now = this.chosen || new Set();
      if (add) {
        if (!now.delete(series.full)) now.add(series.full);
        this.chosen = now.size ? new Set(now) : null;
      } else this.chosen = now.size === 1 && now.has(series.full) ? null : new Set([series.full]);
      this.redraw();
    }

    showTable(type, result) {
      this.chart = null;
      const rows = type === 'scalar' || type === 'string' ? [[t('metrics.result'), result[1]]] : result.map((r) => [sx.series.label(r.metric), (r.value || (r.values && r.values[r.values.length - 1]) || [0, null])[1]]);
      const format = sx.format.by(this.unit);
      const shown = (text) => (text === null ? '—' : Number.isFinite(number(text)) ? sx.format.text(format(number(text))) : text);
      const empty = parts.empty(t('metrics.empty'), t('metrics.empty.hint'));
      sx.put(this, h('section', { class: 'panel', style: 'overflow:hidden' }, this.head(), rows.length
        ? h('table', { class: 'tbl d24' }, h('thead', null, h('tr', null, h('th', null, t('alerts.labels')), h('th', { class: 'num', style: 'width:160px' }, t('metrics.value')))),
            h('tbody', null, rows.slice(0, 1000).map(([label, value]) => h('tr', null, h('td', { class: 'mono cut', title: label }, label), h('td', { class: 'num', title: value }, shown(value))))))
        : empty));
    }
  }

  sx.define('sx-result', Result);
})();
