/** One service: rate, errors and duration over the range, its operations and instances. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const STATES = { up: 'healthy', down: 'critical', vanished: 'nodata' };

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
        this.rest = h('div', { class: 'col', style: 'gap:8px' });
        sx.put(this.content, this.charts, this.rest);
        this.figures = [['rate', 'rateSeries', 'rate', 'rate'], ['errors', 'errorSeries', 'share', 'errorShare'], ['duration', 'p95Series', 'seconds', 'p95']].map(([key, series, unit, now]) => {
          const chart = h('sx-chart', { style: 'height:160px', 'aria-label': t('figure.' + key), 'data-group': 'service' });
          const value = h('b');
          this.charts.append(h('section', { class: 'panel' }, h('div', { class: 'ph nb' }, h('h2', null, t('figure.' + key) + (key === 'duration' ? ' p95' : '')), h('span', { class: 'sp' }), value), chart));
          return { chart, value, series, unit, now };
        });
      }
      for (const f of this.figures) {
        sx.put(f.value, parts.value(sx.format.by(f.unit)(s[f.now])));
        f.chart.lines({ ...this.range, unit: f.unit }, [{ name: s.name, hue: s.hue, points: points(s[f.series]) }]);
      }
      sx.put(this.rest, this.problems(s), this.operations(s), this.instances(s));
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
      const num = (parts_, bad) => h('td', { class: bad ? 'num err b' : 'num' }, parts.value(parts_));
      const head = [t('service.operation'), t('service.kind'), t('figure.rate'), t('figure.errors'), 'p50', 'p95', 'p99'];
      return h('section', { class: 'panel', style: 'overflow:hidden' }, h('div', { class: 'ph' }, h('h2', null, t('service.operations')), h('span', { class: 'cnt' }, String(rows.length))),
        rows.length ? h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, head.map((c, i) => h('th', { class: i > 1 ? 'num' : '', style: i > 0 && 'width:104px' }, c)))),
          h('tbody', null, rows.map((o) => h('tr', null, h('td', { class: 'cut' }, h('a', { class: 'link', title: o.name, href: sx.state.link('traces', { service: s.name, operation: o.name }) }, o.name)),
            h('td', { class: 'mute' }, o.kind ? t('kind.' + o.kind) : '—'), num(sx.format.rate(o.rate)), num(sx.format.share(o.errorShare), o.errorShare > 0.02), num(sx.format.seconds(o.p50)), num(sx.format.seconds(o.p95)), num(sx.format.seconds(o.p99))))))
          : h('p', { class: 'mute pad' }, t('service.noOperations')));
    }

    instances(s) {
      const rows = s.instanceList || [];
      return h('section', { class: 'panel', style: 'overflow:hidden' }, h('div', { class: 'ph' }, h('h2', null, t('service.instances')), h('span', { class: 'cnt' }, String(rows.length))),
        rows.length ? h('table', { class: 'tbl d32' }, h('tbody', null, rows.map((i) => h('tr', null, h('td', { style: 'width:140px' }, h('span', { class: 'row' }, sx.sign(STATES[i.state], 16, t('service.state.' + i.state)), t('service.state.' + i.state))),
          h('td', { class: 'mono cut', title: i.id }, i.id), h('td', { class: 'num mute', style: 'width:140px' }, i.lastSeenMillis ? t('service.seen', sx.time.length(Date.now() - i.lastSeenMillis)) : '—')))))
          : h('p', { class: 'mute pad' }, t('service.noInstances')));
    }
  }

  sx.define('sx-service', Service);
})();
