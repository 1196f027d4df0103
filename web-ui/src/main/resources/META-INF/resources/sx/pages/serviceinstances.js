/** A service's instances and their JVMs: heap, garbage collection, threads and CPU. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const STATES = { up: 'healthy', down: 'critical', vanished: 'nodata' };
  const DRAWN = 20;

  /** How long a value is told as that of now, in seconds; PromQL's own staleness. */
  const LATELY = 300;

  /** The newest value of each instance, unless it is older than a time in seconds. */
  function newest(result, since) {
    const known = result.map((r) => [r.metric.instance || '', r.values[r.values.length - 1]]).filter(([, v]) => v && v[0] >= since);
    return new Map(known.map(([name, [, text]]) => [name, Number.isFinite(Number(text)) ? Number(text) : null]));
  }

  class ServiceInstances extends sx.Page {
    build() {
      this.list = h('div');
      this.charts = h('div', { class: 'g2' });
      sx.put(this, h('div', { class: 'col', style: 'gap:8px' }, this.list, this.charts));
      this.changed();
    }

    body() {
      return this.charts;
    }

    async fetch(signal) {
      const range = sx.state.range();
      const step = sx.series.step(range.to - range.from);
      const align = (ms) => Math.floor(ms / 1000 / step) * step;
      const asked = sx.service.jvm(this.service.name, Math.max(4 * step, 180) + 's');
      const one = (q) => sx.api.prometheus('query_range', { query: q.expression, start: align(range.from), end: align(range.to), step }, signal).then(({ data }) => ({ ...q, result: data.result }));
      return { range, step, charts: await Promise.all(asked.map(one)) };
    }

    show({ range, step, charts }) {
      if (!charts.some((c) => c.result.length)) {
        this.drawn = null;
        this.names = [];
        this.newest = [];
        this.changed();
        sx.put(this.charts, h('section', { class: 'panel whole' }, parts.empty(t('service.jvm.none'), t('service.jvm.none.hint'), this.howTo())));
        return;
      }
      this.names = charts.flatMap((c) => c.result.map((r) => r.metric.instance || ''));
      this.newest = charts.map((c) => ({ key: c.key, format: sx.format.by(c.unit), values: newest(c.result, range.to / 1000 - Math.max(2 * step, LATELY)) }));
      if (!this.drawn || !this.charts.contains(this.drawn[0].chart)) {
        this.drawn = charts.map((c) => {
          const chart = h('sx-chart', { style: 'height:160px', 'aria-label': t('service.jvm.' + c.key), 'data-group': 'service' });
          const note = h('span', { class: 'mute sm' });
          const open = h('a', { class: 'btn s ghost', href: sx.state.link('metrics', { expr: c.expression }) }, sx.icon('metrics', 12), t('nav.metrics'));
          return { chart, note, panel: h('section', { class: 'panel', 'data-jvm': c.key }, h('div', { class: 'ph nb' }, h('h2', null, t('service.jvm.' + c.key)), note, h('span', { class: 'sp' }), open), chart) };
        });
        sx.put(this.charts, this.drawn.map((d) => d.panel));
      }
      charts.forEach((c, i) => {
        const lines = c.result.slice(0, DRAWN).map((r) => ({ name: r.metric.instance || t('service.unnamed'), hue: this.hue(r.metric.instance || ''), points: sx.service.points(r.values, step) }));
        sx.put(this.drawn[i].note, c.result.length > DRAWN ? t('trace.by.most', DRAWN, c.result.length) : c.result.length ? '' : t('service.jvm.missing'));
        this.drawn[i].chart.lines({ ...range, unit: c.unit }, lines);
      });
      this.changed();
    }

    /** What to do for JVM metrics: our agent, or a scrape of what the service has already. */
    howTo() {
      return h('div', { class: 'col', style: 'gap:8px;text-align:left;max-width:640px;width:100%' },
        parts.command(t('service.jvm.agent'), [['java', 'fn'], [' -javaagent:sextant-agent.jar -Dotel.service.name='], [sx.service.shell(this.service.name), 'str'], [' -jar app.jar']]),
        parts.command(t('service.jvm.scrape'), [['scrape_configs:\n  - job_name: '], [JSON.stringify(this.service.name), 'str'], ['\n    metrics_path: /actuator/prometheus\n    static_configs:\n      - targets: [localhost:8080]']]));
    }

    /** An instance's slot: by name, those of the list first. */
    hue(name) {
      const listed = (this.service.instanceList || []).map((i) => i.id).sort();
      const others = [...new Set(this.names || [])].filter((n) => !listed.includes(n)).sort();
      return ([...listed, ...others].indexOf(name) % 16) + 1;
    }

    /** The service was loaded again. */
    changed() {
      if (!this.list) return;
      const rows = this.service.instanceList || [];
      const row = (i) => h('tr', null, h('td', null, h('span', { class: 'row' }, sx.sign(STATES[i.state], 16, t('service.state.' + i.state)), t('service.state.' + i.state))),
        h('td', { class: 'mono cut', title: i.id }, h('span', { class: 'row' }, this.names && this.names.includes(i.id) && h('i', { class: 'sw s' + this.hue(i.id) }), h('span', { class: 'cut' }, i.id || t('service.unnamed')))), h('td', { class: 'cut', title: i.version }, i.version || '—'),
        (this.newest || []).map((n) => h('td', { class: 'num', 'data-figure': n.key }, parts.value(n.format(n.values.get(i.id))))), h('td', { class: 'num mute' }, i.lastSeenMillis ? t('service.seen', sx.time.length(Date.now() - i.lastSeenMillis)) : '—'));
      sx.put(this.list, h('section', { class: 'panel', style: 'overflow:hidden' }, h('div', { class: 'ph' }, h('h2', null, t('service.instances')), h('span', { class: 'cnt' }, String(rows.length))),
        rows.length ? h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', { style: 'width:140px' }, t('services.health')), h('th', null, t('service.instance')), h('th', { style: 'width:14%' }, t('services.version')), (this.newest || []).map((n) => h('th', { class: 'num', style: 'width:88px', title: t('service.jvm.' + n.key) }, t('service.jvm.short.' + n.key))), h('th', { class: 'num', style: 'width:140px' }, t('service.last')))), h('tbody', null, rows.map(row)))
          : h('p', { class: 'mute pad' }, t('service.noInstances'))));
    }
  }

  sx.define('sx-service-instances', ServiceInstances);
})();
