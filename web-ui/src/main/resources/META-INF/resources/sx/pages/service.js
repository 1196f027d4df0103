/** One service: rate, errors and duration over the range, and below them what the chosen tab tells. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const TABS = { operations: null, calls: 'sx-service-calls', errors: 'sx-service-errors', neighbours: 'sx-service-neighbours', instances: 'sx-service-instances', versions: 'sx-service-versions' };

  function points(series) {
    return series ? series.values.map((v, i) => [series.startMillis + i * series.stepMillis, v]) : [];
  }

  class Service extends sx.Page {
    build() {
      this.head = h('div');
      this.content = h('div', { class: 'col', style: 'gap:8px' });
      sx.put(this, this.head, this.content);
      this.addEventListener('sx-zoom', (e) => sx.state.setRange(String(e.detail.from), String(e.detail.to)));
      this.addEventListener('sx-reset', () => history.back());
      this.showHead({ name: this.service(), hue: 0 });
    }

    body() {
      return this.content;
    }

    service() {
      return decodeURIComponent(location.pathname.split('/').slice(2).join('/'));
    }

    fetch(signal) {
      this.range = sx.state.range();
      this.versions(signal);
      this.slow(signal);
      return sx.api.get('services/' + encodeURIComponent(this.service()), sx.api.between(this.range), signal);
    }

    failed(failure) {
      if (failure.status !== 404) return super.failed(failure);
      return sx.put(this.content, h('section', { class: 'panel' }, parts.empty(t('service.missing'), t('service.missing.hint'), h('a', { class: 'btn', href: sx.state.link('services') }, t('nav.services')))));
    }

    showHead(s) {
      const bad = { critical: 'e', warning: 'w' }[s.health];
      sx.put(this.head, h('div', { class: 'title' },
        h('a', { class: 'btn ghost sq', href: sx.state.link('services'), 'aria-label': t('nav.services'), title: t('nav.services') }, sx.icon('left')),
        parts.chip(s.name, s.hue), h('h1', { class: 'cut', title: s.name }, s.name),
        s.health && h('span', { class: 'tag ' + (bad || '') }, sx.sign(s.health, 12), t('health.' + s.health)), s.version && h('span', { class: 'tag cut' }, s.version), h('span', { class: 'sp' }),
        ['traces', 'logs'].map((page) => h('a', { class: 'btn ghost', href: sx.state.link(page, { service: s.name }) }, sx.icon(page), h('span', { class: 'wide' }, t('nav.' + page)))),
        h('a', { class: 'btn ghost', href: sx.state.link('topology', { node: s.name }) }, sx.icon('topology'), h('span', { class: 'wide' }, t('nav.topology'))), parts.shareButton()));
    }

    show(s) {
      this.showHead(s);
      if (!this.charts || !this.charts.isConnected) {
        this.charts = h('div', { class: 'g3' });
        this.note = h('span', { class: 'dim sm cut' });
        this.wrong = h('div');
        this.tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': t('service.tabs') });
        this.tabs.addEventListener('keydown', (e) => this.stepTab(e));
        this.rest = h('div', { class: 'col', style: 'gap:8px' });
        sx.put(this.content, this.charts, this.wrong, this.tabs, this.rest);
        this.figures = [['rate', 'rateSeries', 'rate', 'rate'], ['errors', 'errorSeries', 'share', 'errorShare'], ['duration', 'p95Series', 'seconds', 'p95']].map(([key, series, unit, now]) => {
          const chart = h('sx-chart', { style: 'height:160px', 'aria-label': t('figure.' + key), 'data-group': 'service' });
          const value = h('b');
          this.charts.append(h('section', { class: 'panel' }, h('div', { class: 'ph nb' }, h('h2', null, t('figure.' + key) + (key === 'duration' ? ' p95' : '')), key === 'duration' && this.note, h('span', { class: 'sp' }), value), chart));
          return { key, chart, value, series, unit, now };
        });
      }
      for (const f of this.figures) {
        sx.put(f.value, parts.value(sx.format.by(f.unit)(s[f.now])));
      }
      this.lines();
      sx.put(this.wrong, this.problems(s));
      this.wrong.hidden = !this.wrong.firstChild;
      this.showTab();
    }

    lines() {
      const s = this.data;
      const marks = this.marks || [];
      const half = (this.range.from + this.range.to) / 2;
      this.note.textContent = this.exemplarsFailed ? t('exemplars.failed') : (this.exemplars || []).length ? t('exemplars.hint') : '';
      this.note.title = this.exemplarsFailed ? this.exemplarsFailed.message : this.note.textContent;
      for (const f of this.figures) {
        const chosen = marks.map((m) => ({ at: m.at, name: m.name || t('service.version.none'), right: m.at > half }));
        const exemplars = f.key === 'duration' ? { list: this.exemplars || [], colour: () => 'var(--sx-svc-' + sx.hue(s.hue) + ')' } : null;
        f.chart.lines({ ...this.range, unit: f.unit }, [{ name: s.name, hue: s.hue, points: points(s[f.series]) }], { marks: chosen, exemplars });
      }
    }

    /** Traces that stand for the durations; the chart does not wait for them, and says so where they failed. */
    async slow(signal) {
      let failure = null;
      try {
        const query = sx.service.latency(this.service());
        const { data } = await sx.api.prometheus('query_exemplars', { query, start: this.range.from / 1000, end: this.range.to / 1000 }, signal);
        this.exemplars = sx.exemplars.read(data);
      } catch (found) {
        if (found.name === 'AbortError') return;
        failure = found;
        this.exemplars = [];
      }
      this.exemplarsFailed = failure;
      if (this.data && this.figures && this.charts.isConnected) this.lines();
    }

    /** The charts do not wait for the versions, which take reading of spans, and do without them; their tab says what failed. */
    async versions(signal) {
      try {
        const found = await sx.api.get('services/' + encodeURIComponent(this.service()) + '/versions', sx.api.between(this.range), signal);
        this.marks = sx.service.marks(found.versions);
      } catch (failure) {
        if (failure.name === 'AbortError') return;
        this.marks = [];
      }
      if (this.data && this.figures && this.charts.isConnected) this.lines();
    }

    tab() {
      return sx.state.get('tab') in TABS ? sx.state.get('tab') : 'operations';
    }

    /** What only a tab reads does not load the page again. */
    addressChanged(keys) {
      const own = ['tab', 'operation', 'kind', 'sort'];
      if (this.data && keys.every((k) => own.includes(k))) this.showTab();
      else this.reload();
    }

    showTab() {
      const now = this.tab();
      const typed = this.tabs.contains(document.activeElement);
      const tab = (name) => h('button', { type: 'button', role: 'tab', 'aria-selected': String(name === now), tabindex: name === now ? '0' : '-1', 'data-value': name, class: name === now ? 'on' : '',
        onclick: () => sx.state.set({ tab: name === 'operations' ? '' : name, operation: '', kind: '', sort: '' }, true) }, t('service.tab.' + name));
      sx.put(this.tabs, Object.keys(TABS).map(tab));
      if (typed) this.tabs.querySelector('.on').focus();
      const type = TABS[now];
      if (!type) {
        sx.put(this.rest, this.operations(this.data));
        return;
      }
      const shown = this.rest.firstChild;
      if (shown && shown.localName === type) {
        shown.service = this.data;
        if (shown.changed) shown.changed();
        return;
      }
      const panel = h(type);
      panel.service = this.data;
      sx.put(this.rest, panel);
    }

    stepTab(e) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (!step) return;
      const all = [...this.tabs.children];
      all[(all.findIndex((b) => b.classList.contains('on')) + step + all.length) % all.length].click();
      this.tabs.querySelector('.on').focus();
      e.preventDefault();
    }

    recolour() {
      if (this.data) this.show(this.data);
    }

    problems(s) {
      const list = s.problems || [];
      return list.length > 0 && h('section', { class: 'panel' }, h('div', { class: 'ph' }, h('h2', null, t('services.problems'))), h('ul', { class: 'pl' }, list.map((p) =>
        h('li', null, sx.sign(p.severity), h('span', null, h('b', null, p.text), p.sinceMillis && h('span', { class: 'mute' }, ' ' + t('services.since', sx.time.clock(p.sinceMillis).slice(0, 5))))))));
    }

    operations(s) {
      const rows = (s.operations || []).slice().sort((a, b) => (b.rate || 0) - (a.rate || 0));
      const num = (value, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(value));
      const head = [t('figure.rate'), t('figure.errors'), 'p50', 'p95', 'p99'];
      const row = (o) => h('tr', null, h('td', { class: 'cut' }, h('a', { class: 'link', title: o.name, href: sx.state.link('traces', { q: sx.service.query(s.name, [{ field: 'name', value: o.name }]) }) }, o.name)),
        num(sx.format.rate(o.rate)), num(sx.format.share(o.errorShare), o.errorShare > 0.02), num(sx.format.seconds(o.p50)), num(sx.format.seconds(o.p95)), num(sx.format.seconds(o.p99)),
        h('td', { class: 'num' }, h('a', { class: 'link sm', 'data-key': 'calls-' + o.name, href: sx.state.link('services/' + encodeURIComponent(s.name), { tab: 'calls', operation: o.name }) }, t('service.calls.of'))));
      return h('section', { class: 'panel', style: 'overflow:hidden' }, h('div', { class: 'ph' }, h('h2', null, t('service.operations')), h('span', { class: 'cnt' }, String(rows.length))),
        rows.length ? h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', null, t('service.operation')), head.map((c) => h('th', { class: 'num', style: 'width:96px' }, c)), h('th', { style: 'width:136px' }))),
          h('tbody', null, rows.map(row)))
          : h('p', { class: 'mute pad' }, t('service.noOperations')));
    }
  }

  sx.define('sx-service', Service);
})();
