/** One rule: its expression over time with the limit and when it fired, active alerts, what was sent. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const OUTCOMES = { delivered: 'healthy', retrying: 'warning', failed: 'critical' };
  const SHOWN = 20;

  class Rule extends HTMLElement {
    show({ rule, group, id }) {
      const same = this.shown === id;
      this.shown = id;
      if (!same || !this.body) {
        this.chart = h('sx-chart', { style: 'height:176px', 'aria-label': t('metrics.chart', rule.expression) });
        this.chart.addEventListener('sx-zoom', (e) => sx.state.setRange(String(e.detail.from), String(e.detail.to)));
        this.note = h('p', { class: 'mute sm' });
        this.body = h('div', { class: 'adb' });
        this.above = h('div');
        this.below = h('div');
        this.top = h('div', { class: 'ph', style: 'height:56px' });
        sx.put(this.body, this.above, this.chart, this.note, this.below);
        sx.put(this, this.top, this.body);
      }
      this.showTop(rule, group);
      this.showAbove(rule);
      sx.put(this.below, this.active(rule), this.notifications(rule));
      this.load(rule, id);
    }

    showTop(rule, group) {
      const facts = [group.name, t('alerts.every', sx.time.length(group.intervalMillis)), rule.forMillis ? t('alerts.for', sx.time.length(rule.forMillis)) : null, (rule.labels || {}).owner, rule.lastEvaluationMillis ? t('alerts.evaluated', sx.time.clock(rule.lastEvaluationMillis)) : null];
      sx.put(this.top, sx.rules.sign(rule, 20), h('div', { class: 'cut' }, h('h2', { class: 'cut', title: rule.name }, rule.name), h('div', { class: 'mute sm cut' }, facts.filter(Boolean).join(' · '))), h('span', { class: 'sp' }),
        h('a', { class: 'btn', href: sx.state.link('metrics', { expr: rule.expression }) }, sx.icon('metrics'), t('alerts.openMetrics')));
    }

    showAbove(rule) {
      const summary = (rule.annotations || {}).summary || '';
      const [text, tone] = sx.rules.words(rule);
      const { value } = sx.rules.limitOf(rule.expression);
      const first = (rule.alerts || [])[0];
      const unit = sx.rules.unitFor(rule);
      sx.put(this.above, rule.lastError && h('div', { class: 'failbox' }, sx.sign('warning', 16), h('span', { class: 'mono' }, rule.lastError)),
        h('div', { class: 'row headline' }, first ? h('span', { class: 'big ' + tone }, parts.value(sx.format.by(unit)(first.value))) : h('b', { class: tone }, text), h('span', { class: 'cut', title: summary }, summary + (value !== null ? (summary ? ', ' : '') + t('alerts.limit', sx.format.brief(sx.format.by(unit)(value))) : ''))),
        h('code', { class: 'expr' }, sx.query.parts(rule.expression).map((p) => h('span', { class: 'k-' + p.kind }, p.text))),
        (rule.annotations || {}).description && h('p', { class: 'mute sm' }, rule.annotations.description));
    }

    async load(rule, id) {
      const range = sx.state.range();
      const { expression, value } = sx.rules.limitOf(rule.expression);
      const step = sx.series.step(range.to - range.from);
      const align = (ms) => Math.floor(ms / 1000 / step) * step;
      let answer;
      try {
        answer = await sx.api.prometheus('query_range', { query: expression, start: align(range.from), end: align(range.to), step });
      } catch (failure) {
        if (this.shown === id) this.note.textContent = failure.message;
        return;
      }
      if (this.shown !== id || !this.isConnected) return;
      this.note.textContent = answer.data.result.length ? '' : t('metrics.empty');
      const keys = sx.series.telling(answer.data.result.map((r) => r.metric));
      const series = answer.data.result.slice(0, SHOWN).map((r, i) => ({
        name: keys.map((k) => r.metric[k]).join(', ') || rule.name, hue: (i % 16) + 1,
        points: r.values.map(([at, v]) => [at * 1000, Number.isFinite(Number(v)) ? Number(v) : null]),
      }));
      const unit = sx.rules.unitFor(rule);
      const thresholds = value === null ? [] : [{ value, name: t('alerts.limit', sx.format.brief(sx.format.by(unit)(value))) }];
      this.chart.lines({ ...range, unit }, series, { thresholds, bands: this.bands(rule, range) });
    }

    /** Waiting in amber, firing in red, for the oldest alert. */
    bands(rule, range) {
      if (!(rule.alerts || []).length) return [];
      const active = Math.max(range.from, sx.rules.oldest(rule));
      if (active >= range.to) return [];
      if (rule.state !== 'firing') return [{ from: active, to: range.to, tone: 'warn' }];
      const fired = Math.min(range.to, Math.max(range.from, sx.rules.oldest(rule) + (rule.forMillis || 0)));
      const name = t('alerts.firingSince', sx.time.clock(fired).slice(0, 5));
      return [{ from: active, to: fired, tone: 'warn' }, { from: fired, to: range.to, tone: 'error', name }].filter((b) => b.to > b.from);
    }

    active(rule) {
      if (rule.type === 'recording') return null;
      const list = rule.alerts || [];
      const unit = sx.rules.unitFor(rule);
      return [h('div', { class: 'sh' }, h('h2', null, t('alerts.active')), h('span', { class: 'cnt' }, String(list.length))),
        list.length ? h('div', { class: 'card' }, h('table', { class: 'tbl active' }, h('thead', null, h('tr', null, h('th', { style: 'width:104px' }, t('alerts.state')), h('th', null, t('alerts.labels')), h('th', { style: 'width:34%' }, t('alerts.annotations')), h('th', { class: 'num', style: 'width:84px' }, t('alerts.since')), h('th', { class: 'num', style: 'width:84px' }, t('metrics.value')))),
          h('tbody', null, list.slice(0, SHOWN).map((a) => h('tr', null, h('td', null, h('span', { class: 'row gap4' }, sx.sign(a.state === 'firing' ? 'critical' : 'warning', 12), t('alerts.state.' + a.state))),
            h('td', null, h('span', { class: 'row gap4 wrap' }, Object.entries(a.labels).filter(([k]) => k !== 'alertname').map(([k, v]) => this.label(k, v)))),
            h('td', { class: 'notes' }, Object.entries(a.annotations || {}).map(([k, v]) => h('div', { class: 'sm cut', title: v }, h('span', { class: 'mute' }, k + ' '), parts.shown(v)))),
            h('td', { class: 'num' }, sx.time.clock(a.activeAtMillis).slice(0, 5)), h('td', { class: 'num b' }, parts.value(sx.format.by(unit)(a.value)))))))) : h('p', { class: 'mute' }, t('alerts.active.none')),
        list.length > SHOWN && h('p', { class: 'mute sm' }, sx.tn('alerts.more', list.length - SHOWN))];
    }

    label(key, value) {
      const text = key + '=' + value;
      const service = key === 'service' || key === 'service_name' || key === 'job';
      return service ? h('a', { class: 'tag', href: sx.state.link('services/' + encodeURIComponent(value)) }, text) : h('span', { class: 'tag' }, text);
    }

    notifications(rule) {
      if (rule.type === 'recording') return null;
      const list = rule.notifications || [];
      return [h('div', { class: 'sh' }, h('h2', null, t('alerts.notifications'))),
        list.length ? h('table', { class: 'tbl d32 nt' }, h('tbody', null, list.map((n) => h('tr', null, h('td', { class: 'mono', style: 'width:168px' }, sx.time.full(n.timeMillis)), h('td', { style: 'width:120px' }, h('span', { class: 'row' }, sx.sign(n.state === 'firing' ? 'critical' : 'healthy'), n.state === 'firing' ? t('alerts.state.firing') : n.state)),
          h('td', { style: 'width:152px' }, h('span', { class: 'row' }, sx.sign(OUTCOMES[n.outcome], 12), t('alerts.outcome.' + n.outcome))), h('td', { class: 'cut mute', title: n.detail }, n.receiver + (n.detail ? ', ' + n.detail : '')))))) : h('p', { class: 'mute' }, t('alerts.notifications.none'))];
    }
  }

  sx.define('sx-rule', Rule);
})();
