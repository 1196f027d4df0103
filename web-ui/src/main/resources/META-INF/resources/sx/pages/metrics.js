/** Questions in PromQL: up to five, each with its chart and legend, or as a table of now. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const MOST = 5;
  const EXAMPLES = [
    ['metrics.example.rate', 'sum by (service) (rate(traces_spanmetrics_calls_total{span_kind="SPAN_KIND_SERVER"}[5m]))'],
    ['metrics.example.errors', 'sum by (service) (rate(traces_spanmetrics_calls_total{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}[5m])) / sum by (service) (rate(traces_spanmetrics_calls_total{span_kind="SPAN_KIND_SERVER"}[5m]))'],
    ['metrics.example.p95', 'histogram_quantile(0.95, sum by (le, service) (rate(traces_spanmetrics_latency_bucket{span_kind="SPAN_KIND_SERVER"}[5m])))'],
    ['metrics.example.up', 'up'],
  ];

  class Metrics extends sx.Page {
    build() {
      this.rows = h('div', { class: 'col', style: 'gap:4px' });
      this.content = h('div', { class: 'col', style: 'gap:8px' });
      this.foot = h('div', { class: 'row foot' });
      this.stepButton = h('button', { class: 'sel', type: 'button', 'aria-haspopup': 'menu' });
      this.stepButton.addEventListener('click', () => this.stepMenu());
      this.mode = h('span');
      const run = h('button', { class: 'btn pri', type: 'button', onclick: () => this.run() }, t('action.run'));
      const curl = h('button', { class: 'btn ghost', type: 'button' }, sx.icon('copy'), h('span', { class: 'wide' }, t('action.curl')));
      curl.addEventListener('click', () => {
        parts.copy(this.expressions().map((e) => sx.api.curl('/prometheus/api/v1/query_range', this.rangeQuery(e, sx.state.range()))).join('\n'));
        sx.notice(t('action.copied'), 'ok');
      });
      const title = parts.title(t('nav.metrics'), null, curl);
      title.append(h('span', { class: 'vr' }), this.mode, this.stepButton, run);
      sx.put(this, title, this.rows, this.content, this.foot);
      this.addEventListener('sx-run', () => this.run());
      this.addEventListener('sx-zoom', (e) => sx.state.setRange(String(e.detail.from), String(e.detail.to)));
      this.addEventListener('sx-reset', () => history.back());
      this.showRows();
    }

    body() {
      return this.content;
    }

    expressions() {
      return sx.state.all('expr');
    }

    addressChanged(keys) {
      this.showRows();
      if (keys.includes('show') && this.data && keys.length === 1) this.show(this.data);
      else this.reload();
    }

    run() {
      const typed = [...this.rows.querySelectorAll('sx-query')].map((q) => q.text().trim()).filter(Boolean);
      if (JSON.stringify(typed) === JSON.stringify(this.expressions())) this.reload();
      else sx.state.set({ expr: typed, show: '' }, true);
    }

    step(range) {
      const chosen = sx.time.duration(sx.state.get('step'));
      return chosen > 0 ? chosen / 1000 : sx.series.step(range.to - range.from);
    }

    stepMenu() {
      const choices = ['', '15s', '30s', '1m', '5m', '15m', '1h'].map((v) => ({ value: v, label: v || t('metrics.step.auto', sx.time.length(sx.series.step(sx.state.range().to - sx.state.range().from) * 1000)) }));
      sx.popup.menu(this.stepButton, choices, sx.state.get('step'), (v) => sx.state.set({ step: v }, true));
    }

    showRows() {
      const list = this.expressions().length ? this.expressions() : [''];
      while (this.rows.children.length > list.length) this.rows.lastChild.remove();
      list.forEach((expression, i) => {
        if (!this.rows.children[i]) this.rows.append(this.row(i));
        this.rows.children[i].querySelector('sx-query').set(expression);
      });
      const add = this.rows.lastChild;
      this.rows.querySelectorAll('.qadd').forEach((b) => b.remove());
      if (list.length < MOST && this.expressions().length) {
        add.firstChild.append(h('button', { class: 'btn qadd', type: 'button', onclick: () => {
          this.rows.append(this.row(this.rows.children.length));
          this.rows.lastChild.querySelector('textarea').focus();
        } }, sx.icon('plus'), t('metrics.add')));
      }
      const range = sx.state.range();
      const step = sx.state.get('step');
      sx.put(this.stepButton, step ? t('metrics.step', step) : t('metrics.step.auto', sx.time.length(this.step(range) * 1000)), sx.icon('down', 12));
      const table = sx.state.get('as') === 'table';
      sx.put(this.mode, parts.segments([{ value: '', label: t('metrics.graph') }, { value: 'table', label: t('metrics.table') }], table ? 'table' : '', (v) => sx.state.set({ as: v }, true), t('metrics.kind')));
    }

    row(i) {
      const remove = () => {
        const rest = this.expressions().filter((_, n) => n !== i);
        if (i >= this.expressions().length) this.rows.children[i].remove();
        else sx.state.set({ expr: rest, show: '' }, true);
      };
      return h('div', { class: 'qrow' }, h('div', { class: 'row' }, h('span', { class: 'refid' }, String.fromCharCode(65 + i)), h('sx-query', i === 0 ? { 'data-first': '' } : null),
        h('button', { class: 'btn ghost sq', type: 'button', title: t('metrics.remove'), 'aria-label': t('metrics.remove'), onclick: remove }, sx.icon('close'))), h('div', { class: 'qerr' }));
    }

    rangeQuery(expression, range) {
      const step = this.step(range);
      const align = (ms) => Math.floor(ms / 1000 / step) * step;
      return { query: expression, start: align(range.from), end: align(range.to), step };
    }

    /** Exemplars of an expression's series; a chart is drawn without them, and says so, where they failed. */
    exemplars(expression, range, signal) {
      return sx.api.prometheus('query_exemplars', { query: expression, start: range.from / 1000, end: range.to / 1000 }, signal).then(({ data }) => ({ list: sx.exemplars.read(data) })).catch((failure) => {
        if (failure.name === 'AbortError') throw failure;
        return { list: [], failure };
      });
    }

    async fetch(signal) {
      const range = sx.state.range();
      const table = sx.state.get('as') === 'table';
      const started = performance.now();
      const one = (expression) => {
        const asked = table ? sx.api.prometheus('query', { query: expression, time: Math.round(range.to / 1000) }, signal) : sx.api.prometheus('query_range', this.rangeQuery(expression, range), signal);
        return Promise.all([asked, table ? { list: [] } : this.exemplars(expression, range, signal)]).then(([{ data, warnings }, exemplars]) => ({ expression, data, warnings, exemplars })).catch((failure) => {
          if (failure.name === 'AbortError') throw failure;
          return { expression, failure };
        });
      };
      const [hues, ...answers] = await Promise.all([sx.hues(), ...this.expressions().map(one)]);
      return { answers, range, table, hues, millis: performance.now() - started };
    }

    show({ answers, range, table, hues, millis }) {
      if (!answers.length) {
        sx.put(this.content, this.welcome());
        sx.put(this.foot);
        return;
      }
      answers.forEach((a, i) => this.showFailure(i, a));
      const good = answers.map((a, i) => ({ ...a, i })).filter((a) => !a.failure);
      if (good.length || !this.content.querySelector('sx-result')) {
        const old = new Map([...this.content.querySelectorAll('sx-result')].map((r) => [r.dataset.i, r]));
        const results = good.map((a) => old.get(String(a.i)) || h('sx-result', { 'data-i': a.i }));
        if (results.length !== this.content.children.length || results.some((r, n) => this.content.children[n] !== r)) sx.put(this.content, results);
        good.forEach((a, n) => results[n].show(a, range, table, this.step(range), hues));
      }
      const series = good.reduce((sum, a) => sum + count(a.data), 0);
      sx.put(this.foot, parts.cost(sx.tn('metrics.series', series), { millis: Math.round(millis) }));
    }

    showFailure(i, answer) {
      const row = this.rows.children[i];
      if (!row) return;
      const box = row.querySelector('sx-query');
      const place = answer.failure && sx.query.errorPlace(answer.expression, answer.failure.message);
      box.fail(answer.failure ? answer.failure.message : null);
      box.remark(answer.failure ? '' : sx.tn('metrics.series', count(answer.data)));
      sx.put(row.querySelector('.qerr'), answer.failure && h('div', { class: 'row sm', role: 'alert' }, sx.sign('critical', 12), h('span', { class: 'err' }, h('b', null, String.fromCharCode(65 + i) + (place ? ', ' + t('metrics.error', place.column) : ':')), ' ' + sx.query.errorText(answer.failure.message))),
        (answer.warnings || []).map((w) => h('div', { class: 'row sm' }, sx.sign('warning', 12), h('span', { class: 'warn' }, w))));
    }

    welcome() {
      const use = (expression) => () => sx.state.set({ expr: [expression] }, true);
      return h('section', { class: 'panel' }, h('div', { class: 'start' }, h('h2', null, t('metrics.start')), h('p', { class: 'mute' }, t('metrics.start.hint')),
        h('ul', null, EXAMPLES.map(([key, expression]) => h('li', null, h('button', { class: 'plain example', type: 'button', onclick: use(expression) }, h('b', null, t(key)), h('code', { class: 'cut' }, sx.query.parts(expression).map((p) => h('span', { class: 'k-' + p.kind }, p.text)))))))));
    }
  }

  function count(data) {
    return data.resultType === 'scalar' || data.resultType === 'string' ? 1 : data.result.length;
  }

  sx.define('sx-metrics', Metrics);
})();
