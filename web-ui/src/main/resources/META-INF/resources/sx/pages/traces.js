/** Searching traces: a query in TraceQL, the filters that say the same, durations as a picture, and the list. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const OLD = ['service', 'operation', 'attribute', 'min', 'max', 'error'];
  const LIMIT = 500;
  const ROWS = 100;
  const MOST = 2000;
  const LONG = 1000;

  class Traces extends sx.Page {
    start() {
      this.readOldLinks();
      super.start();
    }

    /** Links that name filters, as other pages make them, become the query that says the same. */
    readOldLinks() {
      const given = Object.fromEntries(OLD.map((key) => [key, key === 'attribute' ? sx.state.all(key) : sx.state.get(key)]));
      if (!OLD.some((key) => given[key].length)) return;
      const q = sx.state.get('q') || sx.spanset.ofParameters(given);
      sx.state.set({ ...Object.fromEntries(OLD.map((key) => [key, ''])), q });
    }

    build() {
      this.cost = h('div', { class: 'row foot tcost' });
      this.plot = h('sx-trace-plot', { hidden: true });
      this.compare = h('sx-trace-compare', { hidden: true });
      this.plot.addEventListener('sx-zoom', (e) => this.narrow(e.detail));
      this.plot.addEventListener('sx-reset', () => this.widen());
      this.content = h('div');
      this.filters = h('sx-trace-filters');
      this.box = h('sx-query', { 'data-language': 'traceql', 'data-first': '', 'data-saved': '' });
      this.box.addEventListener('sx-run', () => this.run());
      this.mode = h('span');
      this.metric = h('button', { class: 'btn ghost', type: 'button', 'data-key': 'metric', onclick: () => this.turn() });
      this.problem = h('div', { class: 'qerr tqerr' });
      const curl = h('button', { class: 'btn ghost', type: 'button' }, sx.icon('copy'), h('span', { class: 'wide' }, t('action.curl')));
      curl.addEventListener('click', () => {
        parts.copy(this.isMetric() ? sx.api.curl('/tempo/api/metrics/query_range', this.metricQuery()) : sx.api.curl('/sextant/v1/traces', { ...this.query(), limit: LIMIT }));
        sx.notice(t('action.copied'), 'ok');
      });
      sx.put(this, parts.title(t('nav.traces'), null, this.metric, curl),
        h('div', { class: 'row tquery' }, this.box, this.mode, h('button', { class: 'btn pri', type: 'button', onclick: () => this.box.run() }, t('action.run'))),
        this.filters, this.problem, this.cost, h('div', { class: 'tpics' }, this.plot, this.compare), this.content);
      const list = (act) => () => this.content.querySelector('sx-trace-list') && act(this.content.querySelector('sx-trace-list'));
      this.stops.push(sx.keys.add([{ key: 'x', text: 'traces.key.pick', act: list((l) => l.pickFocused()) }, { key: 'c', text: 'traces.key.compare', act: list((l) => l.compare()) },
        { key: 'Escape', act: () => sx.spanset.isBounded(sx.state.get('q')) && this.widen() }]));
      this.content.addEventListener('sx-zoom', (e) => sx.state.setRange(String(e.detail.from), String(e.detail.to)));
      this.content.addEventListener('sx-reset', () => history.back());
      this.showQuery();
    }

    body() {
      return this.content;
    }

    query() {
      return { ...sx.api.between(this.range || sx.state.range()), q: sx.state.get('q') };
    }

    async fetch(signal) {
      this.range = sx.state.range();
      this.rows = ROWS;
      if (this.isMetric()) return this.fetchMetric(signal);
      return sx.api.get('traces', { ...this.query(), limit: LIMIT }, signal);
    }

    isMetric() {
      return sx.tracemetric.isMetric(sx.state.get('q'));
    }

    metricQuery() {
      const { from, to } = this.range || sx.state.range();
      const step = sx.series.step(to - from);
      return { q: sx.state.get('q'), start: Math.floor(from / 1000), end: Math.ceil(to / 1000), step };
    }

    async fetchMetric(signal) {
      const asked = this.metricQuery();
      const began = performance.now();
      const [hues, answer] = await Promise.all([sx.hues(), sx.api.tempo('metrics/query_range', asked, signal)]);
      return { metric: { asked, hues, answer, millis: Math.round(performance.now() - began) } };
    }

    /** Turns the search into the metric that counts what it finds, or a metric into its search. */
    turn() {
      const text = this.box.text().trim();
      const q = sx.tracemetric.isMetric(text) ? sx.tracemetric.search(text) : sx.tracemetric.ofSearch(text);
      if (q === null) return;
      this.box.area.blur();
      sx.state.set({ q, pick: [] }, true);
    }

    run() {
      const text = this.box.text().trim();
      if (text === sx.state.get('q')) this.reload();
      else sx.state.set({ q: text }, true);
    }

    addressChanged(keys) {
      this.readOldLinks();
      this.showQuery();
      if (this.data && keys.every((key) => ['sort', 'plot', 'edit', 'compare', 'pick'].includes(key))) this.keepFocus(() => this.show(this.data));
      // A refresh must not throw away the pages loaded and the place scrolled to.
      else if (!keys.includes('tick') || !this.data || this.rows <= ROWS) this.reload();
    }

    showQuery() {
      const text = sx.state.get('edit') === 'text';
      this.box.set(sx.state.get('q'));
      const metric = this.isMetric();
      this.filters.hidden = text || metric;
      this.mode.hidden = metric;
      if (!this.filters.hidden) this.filters.show();
      const choices = [{ value: '', label: t('traces.builder') }, { value: 'text', label: t('traces.text') }];
      this.metric.hidden = metric && sx.tracemetric.search(sx.state.get('q')) === null;
      sx.put(this.metric, sx.icon(metric ? 'traces' : 'metrics'), h('span', { class: 'wide' }, t(metric ? 'traces.ofMetric' : 'traces.toMetric')));
      sx.put(this.mode, parts.segments(choices, text ? 'text' : '', (v) => sx.state.set({ edit: v }), t('traces.edit')));
    }

    narrow({ from, to, low, high }) {
      sx.state.set({ from, to, q: sx.spanset.bounded(sx.state.get('q'), low, high), compare: '' }, true);
    }

    widen() {
      sx.state.set({ from: '', to: '', q: sx.spanset.unbounded(sx.state.get('q')), compare: '' }, true);
    }

    /** A search that takes long says so, and can be called off. */
    waiting() {
      super.waiting();
      if (this.quiet && this.data) return;
      const running = this.running;
      const began = performance.now();
      const cancel = h('button', { class: 'plain link sm', type: 'button', 'data-key': 'cancel', onclick: () => this.cancel(running, began) }, t('action.cancel'));
      const spent = h('span');
      sx.put(this.cost, h('span', { class: 'sp' }), h('div', { class: 'cost' }, spent), cancel);
      const tell = () => {
        if (this.running !== running || !spent.isConnected) return clearInterval(timer);
        return sx.put(spent, t('state.running', sx.format.text(sx.format.seconds((performance.now() - began) / 1000))));
      };
      const timer = setInterval(tell, LONG / 4);
      tell();
    }

    cancel(running, began) {
      if (this.running !== running || !running) return;
      this.running = null;
      running.abort();
      this.classList.remove('stale');
      sx.put(this.cost, h('span', { class: 'sp' }), parts.cost(t('state.cancelled', sx.format.text(sx.format.seconds((performance.now() - began) / 1000)))));
      if (!this.data) sx.put(this.content, h('section', { class: 'panel' }, parts.empty(t('traces.cancelled'), t('traces.cancelled.hint'), h('button', { class: 'btn', type: 'button', onclick: () => this.reload() }, t('action.run')))));
    }

    failed(failure) {
      const place = failure.status === 400 && sx.traceql.errorPlace(sx.state.get('q'), failure.message);
      if (failure.status !== 400 || !/^(?:parameter 'q'|compiling query)/.test(failure.message)) return super.failed(failure);
      this.box.fail(failure.message);
      sx.put(this.problem, h('div', { class: 'row sm', role: 'alert' }, sx.sign('critical', 12),
        h('span', { class: 'err' }, place && h('b', null, t('traces.errorAt', place.line, place.column) + ' '), sx.traceql.errorText(failure.message))));
      sx.put(this.cost);
      if (this.data) this.classList.add('failed');
      else sx.put(this.content, h('section', { class: 'panel' }, parts.empty(t('traces.badQuery'), t('traces.badQuery.hint'))));
      return undefined;
    }

    show(data) {
      this.box.fail(null);
      sx.put(this.problem);
      if (data.metric) return this.showMetric(data.metric);
      const total = (data.totalExact ? '' : t('traces.atLeast', '')) + sx.tn('traces.count', data.total);
      sx.put(this.cost, h('span', { class: 'sp' }), parts.cost(total, data.cost));
      const bounded = sx.spanset.isBounded(sx.state.get('q'));
      this.plot.parentNode.hidden = this.plot.hidden = data.traces.length === 0 && !bounded;
      if (!this.plot.hidden) this.plot.show(data.traces, this.query(), this.range);
      this.compare.hidden = !bounded || sx.state.get('compare') === '0';
      if (!this.compare.hidden) this.compare.show(this.query());
      if (!data.traces.length) {
        sx.put(this.content, h('section', { class: 'panel' }, this.nothing(bounded)));
        return undefined;
      }
      let list = this.content.querySelector('sx-trace-list');
      if (!list) {
        list = h('sx-trace-list');
        sx.put(this.content, list, h('div'));
      }
      list.show(data.traces, this.rows, this.range);
      sx.put(this.content.lastChild, this.more(data));
      return undefined;
    }

    /** Series of spans, drawn as the page of metrics draws its own. */
    showMetric({ asked, hues, answer, millis }) {
      const result = sx.tracemetric.matrix(answer);
      sx.put(this.cost, answer.message && h('span', { class: 'row gap4 sm warn any', role: 'status' }, sx.sign('warning', 12), answer.message), h('span', { class: 'sp' }), parts.cost(sx.tn('metrics.series', result.length), { millis }));
      this.plot.parentNode.hidden = this.plot.hidden = this.compare.hidden = true;
      let view = this.content.querySelector('sx-result');
      if (!view || !result.length) {
        view = h('sx-result');
        sx.put(this.content, view);
      }
      const unit = sx.tracemetric.unitOf(asked.q);
      view.show({ i: 0, alone: true, expression: asked.q, unit, comparable: unit === 'seconds', exemplars: { list: sx.tracemetric.exemplars(answer) }, data: { resultType: 'matrix', result } }, this.range, false, asked.step, hues);
    }

    nothing(bounded) {
      const clear = () => sx.state.set({ q: '' }, true);
      return parts.empty(t('traces.empty'), t('traces.empty.hint'), h('div', { class: 'row' }, bounded && h('button', { class: 'btn', type: 'button', onclick: () => this.widen() }, t('traces.widen')),
        sx.state.get('q') && h('button', { class: 'btn', type: 'button', onclick: clear }, t('action.clear'))));
    }

    more(data) {
      const hidden = data.traces.length > this.rows;
      const loaded = data.traces.length < data.total || data.nextPage ? t('traces.shownOf', Math.min(this.rows, data.traces.length), data.traces.length) : t('traces.shown', Math.min(this.rows, data.traces.length));
      const shown = h('span', { class: 'dim sm' }, loaded + (sx.state.get('sort') && data.nextPage ? ' · ' + t('traces.sortedLoaded') : ''));
      if (!hidden && (!data.nextPage || data.traces.length >= MOST)) return h('div', { class: 'row foot' }, shown);
      const button = h('button', { class: 'btn', type: 'button', 'data-key': 'more' }, t('action.more'));
      button.addEventListener('click', async () => {
        button.disabled = true;
        try {
          if (!hidden) await this.nextPage(data);
          this.rows += ROWS;
          this.keepFocus(() => this.show(this.data));
        } catch (failure) {
          sx.notice(failure.message, 'error');
          button.disabled = false;
        }
      });
      return h('div', { class: 'row foot', style: 'padding:8px 0' }, button, shown);
    }

    async nextPage(data) {
      const next = await sx.api.get('traces', { ...this.query(), limit: LIMIT, page: data.nextPage });
      this.data = { ...next, total: data.total, totalExact: data.totalExact, cost: data.cost, traces: data.traces.concat(next.traces) };
    }
  }

  sx.parts.filterChip = function (text, remove) {
    return h('span', { class: 'tag a chip' }, h('span', { class: 'cut mono', title: text }, text), h('button', { class: 'plain', type: 'button', title: t('logs.remove'), 'aria-label': t('logs.remove') + ' ' + text, onclick: remove }, sx.icon('close', 12)));
  };

  sx.define('sx-traces', Traces);
})();
