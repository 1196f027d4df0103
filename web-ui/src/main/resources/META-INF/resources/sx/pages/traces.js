/** Searching traces: filters, durations as a scatter, and the list, newest first. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const KEYS = ['service', 'operation', 'attribute', 'min', 'max', 'error'];
  const LIMIT = 500;
  const ROWS = 100;
  const MOST = 2000;

  class Traces extends sx.Page {
    build() {
      this.cost = h('div', { class: 'row foot' });
      this.chart = h('sx-chart', { style: 'height:196px', 'data-drag': 'area', 'aria-label': t('traces.duration') });
      this.chart.addEventListener('sx-zoom', (e) => this.narrow(e.detail));
      this.chart.addEventListener('sx-reset', () => sx.state.set({ min: '', max: '', from: '', to: '' }, true));
      this.chart.addEventListener('sx-pick', (e) => e.detail && e.detail.id && sx.state.go(sx.state.link('trace/' + e.detail.id)));
      this.scatter = h('section', { class: 'panel', hidden: true },
        h('div', { class: 'ph nb' }, h('h2', null, t('traces.duration')), h('span', { class: 'dim sm' }, t('traces.drag')), h('span', { class: 'sp' }),
          h('div', { class: 'mini-leg' }, h('span', null, h('i', { class: 'dot-ok' }), t('traces.ok')), h('span', null, h('i', { class: 'dot-error' }), t('figure.error')))), this.chart);
      this.content = h('div');
      const curl = h('button', { class: 'btn ghost', type: 'button' }, sx.icon('copy'), h('span', { class: 'wide' }, t('action.curl')));
      curl.addEventListener('click', () => {
        parts.copy(sx.api.curl('/sextant/v1/traces', this.query()));
        sx.notice(t('action.copied'), 'ok');
      });
      this.filters = h('sx-trace-filters');
      sx.put(this, parts.title(t('nav.traces'), null, curl), this.filters, this.cost, this.scatter, this.content);
    }

    body() {
      return this.content;
    }

    query() {
      const given = Object.fromEntries(KEYS.map((k) => [k, sx.state.all(k)]));
      const { min, max, ...rest } = given;
      return { ...sx.api.between(this.range || sx.state.range()), ...rest, minDuration: min, maxDuration: max, limit: LIMIT };
    }

    async fetch(signal) {
      this.range = sx.state.range();
      this.rows = ROWS;
      return sx.api.get('traces', this.query(), signal);
    }

    addressChanged(keys) {
      this.filters.show();
      // A refresh must not throw away the pages loaded and the place scrolled to.
      if (keys.includes('tick') && this.data && this.rows > ROWS) return;
      this.reload();
    }

    narrow({ from, to, low, high }) {
      const text = (seconds) => (seconds < 1 ? (seconds * 1000).toFixed(3) + 'ms' : seconds.toFixed(3) + 's');
      sx.state.set({ from, to, min: text(low), max: text(high) }, true);
    }

    show(data) {
      const total = (data.totalExact ? '' : t('traces.atLeast', '')) + sx.tn('traces.count', data.total);
      sx.put(this.cost, h('span', { class: 'sp' }), parts.cost(total, data.cost));
      this.scatter.hidden = data.traces.length === 0;
      if (!data.traces.length) {
        sx.put(this.content, h('section', { class: 'panel' }, parts.empty(t('traces.empty'), t('traces.empty.hint'), h('button', { class: 'btn', onclick: () => sx.state.set(Object.fromEntries(KEYS.map((k) => [k, ''])), true) }, t('action.clear')))));
        return;
      }
      this.drawScatter(data.traces);
      sx.put(this.content, this.table(data), this.more(data));
    }

    drawScatter(traces) {
      const point = (tr) => ({ value: [sx.time.ofNanos(tr.startNanos), Math.max(1e-6, tr.durationNanos / 1e9)], id: tr.traceId, trace: tr });
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

    table({ traces }) {
      const longest = Math.max(...traces.map((tr) => tr.durationNanos), 1);
      const head = [[t('traces.start'), '128px'], [t('traces.root'), '26%'], [t('figure.errors'), '72px'], [t('traces.byService'), ''], [t('figure.duration'), '88px', 'num'], [t('traces.spans'), '64px', 'num'], [t('nav.services'), '132px', 'hs'], [t('traces.id'), '124px', 'hs']];
      return h('section', { class: 'panel', style: 'overflow:hidden' }, h('table', { class: 'tbl d32' },
        h('thead', null, h('tr', null, head.map(([label, width, type]) => h('th', { class: type || '', style: width && 'width:' + width }, label)))),
        h('tbody', null, traces.slice(0, this.rows).map((tr) => this.row(tr, longest)))));
    }

    row(tr, longest) {
      const link = sx.state.link('trace/' + tr.traceId);
      const open = (e) => e.target.closest('a') || sx.state.go(link);
      const services = tr.services || [];
      const hue = (services.find((s) => s.service === tr.rootService) || {}).hue;
      const at = sx.time.ofNanos(tr.startNanos);
      const time = this.range.to - this.range.from > sx.time.DAY ? sx.time.full(at).slice(5) : sx.time.exact(at);
      return h('tr', { class: 'click', onclick: open }, h('td', { class: 'mono' }, time),
        h('td', null, h('span', { class: 'svc' }, parts.chip(tr.rootService, hue), h('a', { class: 'cut', href: link, title: tr.rootService + ' · ' + tr.rootName }, tr.rootName), tr.rootSeen === false && h('span', { class: 'tag w', title: t('trace.partial.hint') }, t('trace.partial')))),
        h('td', null, tr.errors ? h('span', { class: 'row gap4 err' }, sx.sign('critical', 12, t('figure.error')), String(tr.errors)) : h('span', { class: 'dim' }, '—')),
        h('td', null, this.bar(tr, longest)), h('td', { class: 'num b' }, parts.value(sx.format.nanos(tr.durationNanos))), h('td', { class: 'num' }, String(tr.spans)),
        h('td', { class: 'hs' }, h('span', { class: 'row gap4' }, services.slice(0, 4).map((s) => h('span', { title: s.service + ' · ' + s.spans }, parts.chip(s.service, s.hue))), services.length > 4 && h('span', { class: 'dim sm' }, '+' + (services.length - 4)))),
        h('td', { class: 'hs mono' }, h('a', { class: 'link', href: link, title: tr.traceId, tabindex: '-1' }, tr.traceId.slice(0, 12) + '…')));
    }

    bar(tr, longest) {
      const services = (tr.services || []).filter((s) => s.selfNanos > 0);
      const sum = services.reduce((all, s) => all + s.selfNanos, 0) || 1;
      const bars = services.map((s) => h('i', { class: 's' + sx.hue(s.hue), style: 'flex:' + s.selfNanos / sum, title: s.service + ' ' + sx.format.text(sx.format.nanos(s.selfNanos)) }));
      return h('span', { class: 'db' }, h('span', { style: 'width:' + Math.max(1, (tr.durationNanos / longest) * 100).toFixed(2) + '%' }, bars));
    }

    more(data) {
      const hidden = data.traces.length > this.rows;
      const shown = h('span', { class: 'dim sm' }, t('traces.shown', Math.min(this.rows, data.traces.length)));
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
      const next = await sx.api.get('traces', { ...this.query(), page: data.nextPage });
      this.data = { ...next, total: data.total, totalExact: data.totalExact, cost: data.cost, traces: data.traces.concat(next.traces) };
    }
  }

  /** The filters; they offer the services and operations there are. */
  class Filters extends HTMLElement {
    connectedCallback() {
      this.className = 'row tools wrap';
      this.lists = [];
      this.service = this.input('service', 'traces.anyService', 'flex:1 1 132px;max-width:176px', 'service.name');
      this.operation = this.input('operation', 'traces.anyOperation', 'flex:1 1 160px;max-width:232px', 'name');
      this.attribute = h('input', { class: 'field mono', placeholder: t('traces.attribute'), 'aria-label': t('traces.attribute'), style: 'flex:1 1 150px;max-width:208px', 'data-query': true, spellcheck: 'false', autocomplete: 'off' });
      this.min = this.input('min', 'traces.min', 'flex:0 1 96px');
      this.max = this.input('max', 'traces.max', 'flex:0 1 96px');
      this.chips = h('span', { class: 'row gap4 wrap' });
      this.errors = h('span');
      this.attribute.addEventListener('keydown', (e) => e.key === 'Enter' && this.addAttribute());
      sx.put(this, this.service, this.operation, this.min, this.max, this.errors, this.attribute, this.chips, this.lists);
      this.show();
    }

    input(key, label, style, field) {
      const input = h('input', { class: 'field', placeholder: t(label), 'aria-label': t(label), style, spellcheck: 'false', autocomplete: 'off' });
      input.addEventListener('change', () => this.changed(key, input));
      if (field) {
        const list = h('datalist', { id: 'sx-' + key + '-values' });
        input.setAttribute('list', list.id);
        input.addEventListener('focus', () => this.offer(field, list));
        this.lists.push(list);
      }
      return input;
    }

    async offer(field, list) {
      const service = field === 'name' ? this.service.value : '';
      const found = await sx.api.get('spans/values/' + field, { ...sx.api.between(sx.state.range()), service, limit: 200 }).catch(() => ({ values: [] }));
      sx.put(list, found.values.map((v) => h('option', { value: v })));
    }

    changed(key, input) {
      const value = input.value.trim();
      const duration = key === 'min' || key === 'max';
      if (duration && value && !/^\d+(\.\d+)?(ns|us|µs|ms|s|m|h)$/.test(value)) {
        input.setAttribute('aria-invalid', 'true');
        sx.notice(t('traces.badDuration'), 'error');
        return;
      }
      input.removeAttribute('aria-invalid');
      sx.state.set({ [key]: value }, true);
    }

    addAttribute() {
      const value = this.attribute.value.trim();
      if (!/^[^=\s]+=.+$/.test(value)) {
        sx.notice(t('traces.badAttribute'), 'error');
        return;
      }
      this.attribute.value = '';
      sx.state.set({ attribute: [...new Set([...sx.state.all('attribute'), value])] }, true);
    }

    show() {
      for (const key of ['service', 'operation', 'min', 'max']) {
        if (document.activeElement !== this[key]) this[key].value = sx.state.get(key);
      }
      const choices = ['', 'true', 'false'].map((v) => ({ value: v, label: t('traces.error.' + (v || 'any')) }));
      sx.put(this.errors, parts.segments(choices, sx.state.get('error'), (v) => sx.state.set({ error: v }, true), t('traces.status')));
      sx.put(this.chips, sx.state.all('attribute').map((a) => sx.parts.filterChip(a, () => sx.state.set({ attribute: sx.state.all('attribute').filter((x) => x !== a) }, true))));
    }
  }

  sx.parts.filterChip = function (text, remove) {
    return h('span', { class: 'tag a chip' }, h('span', { class: 'cut mono', title: text }, text), h('button', { class: 'plain', type: 'button', title: t('logs.remove'), 'aria-label': t('logs.remove') + ' ' + text, onclick: remove }, sx.icon('close', 12)));
  };

  sx.define('sx-trace-filters', Filters);
  sx.define('sx-traces', Traces);
})();
