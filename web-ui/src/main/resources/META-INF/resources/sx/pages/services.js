/** All services: rate, errors and duration with sparklines, problems, instances. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const ORDER = { critical: 0, warning: 1, healthy: 2, nodata: 3 };
  const SORTS = {
    health: (a, b) => ORDER[a.health] - ORDER[b.health] || (b.errorShare || 0) - (a.errorShare || 0) || a.name.localeCompare(b.name),
    name: (a, b) => a.name.localeCompare(b.name),
    rate: (a, b) => (b.rate || 0) - (a.rate || 0),
    errors: (a, b) => (b.errorShare || 0) - (a.errorShare || 0),
    p95: (a, b) => (b.p95 || 0) - (a.p95 || 0),
    p99: (a, b) => (b.p99 || 0) - (a.p99 || 0),
  };

  function health(state) {
    const tone = { critical: 'err', warning: 'warn' }[state] || 'mute';
    return h('span', { class: 'row' }, sx.sign(state), h('span', { class: tone }, t('health.' + state)));
  }

  function problem(row) {
    const first = (row.problems || [])[0];
    if (!first && row.health === 'nodata' && row.lastSeenMillis) {
      const since = Date.now() - row.lastSeenMillis;
      return [h('div', { class: 'sm cut b mute' }, t('services.nodata', sx.time.length(since))), h('div', { class: 'sm cut dim' }, t('services.lastSeen', sx.time.clock(row.lastSeenMillis).slice(0, 5)))];
    }
    if (!first) return h('span', { class: 'dim' }, '—');
    const tone = first.severity === 'critical' ? 'err' : 'warn';
    return [
      h('div', { class: 'sm cut', title: first.text }, h('b', { class: tone }, first.text)),
      first.sinceMillis && h('div', { class: 'sm cut dim' }, t('services.since', sx.time.clock(first.sinceMillis).slice(0, 5))),
    ];
  }

  function instances(of) {
    if (!of) return '—';
    const lost = (of.down || 0) + (of.vanished || 0);
    const title = t('services.instances.detail', of.up || 0, of.down || 0, of.vanished || 0);
    return h('span', { title }, String(of.up || 0), lost > 0 && h('span', { class: of.down ? 'err b' : 'warn b' }, ' −' + lost));
  }

  /** A figure with its sparkline; bad from the moment a problem began. */
  function figure(format, value, series, bad, hint) {
    const tone = bad ? (bad.severity === 'critical' ? 'e' : 'w') : null;
    const text = { e: 'err b', w: 'warn b' }[tone] || '';
    return [
      h('td', { class: ('num ' + text).trim(), title: hint }, parts.value(format(value))),
      h('td', { class: 'sc' }, series && parts.sparkline(series, { kind: tone, since: bad && bad.sinceMillis })),
    ];
  }

  /** The problem a column shows as its own. */
  function about(row, words) {
    return (row.problems || []).find((p) => words.test(p.text)) || null;
  }

  class Services extends sx.Page {
    build() {
      this.count = h('span', { class: 'cnt', hidden: true });
      this.overview = h('sx-overview', { hidden: true });
      this.tools = h('div', { class: 'row tools', hidden: true });
      this.content = h('div', { class: 'col' });
      this.foot = h('div', { class: 'row foot' });
      sx.put(this, parts.title(t('nav.services'), this.count), this.overview, this.tools, this.content, this.foot);
    }

    body() {
      return this.content;
    }

    addressChanged(keys) {
      const local = keys.length > 0 && keys.every((k) => ['q', 'health', 'sort'].includes(k));
      if (local && this.data) this.show(this.data);
      else this.reload();
    }

    fetch(signal) {
      this.range = sx.state.range();
      return sx.api.get('services', sx.api.between(this.range), signal);
    }

    show(data) {
      const none = data.services.length === 0;
      for (const part of [this.count, this.tools]) part.hidden = none;
      this.overview.hidden = none || !data.overview;
      if (none) {
        if (!this.content.querySelector('sx-welcome')) sx.put(this.content, h('sx-welcome'));
        sx.put(this.foot);
        return;
      }
      this.count.textContent = String(data.services.length);
      if (data.overview) this.overview.show(data.overview, this.range);
      this.showTools(data.services);
      const rows = this.chosen(data.services);
      sx.put(this.content, rows.length ? this.table(rows) : parts.empty(t('services.none'), t('services.none.hint'), h('button', { class: 'btn', onclick: () => sx.state.set({ q: '', health: '' }, true) }, t('action.clear'))));
      const shown = rows.length === data.services.length ? sx.tn('services.count', rows.length) : t('services.shown', rows.length, data.services.length);
      sx.put(this.foot, parts.cost(shown, data.cost), h('span', { class: 'sp' }), h('span', { class: 'cost' }, t('state.updated', sx.time.clock(Date.now()))));
    }

    chosen(services) {
      const q = sx.state.get('q').toLowerCase();
      const wanted = sx.state.get('health');
      return services
        .filter((s) => (!wanted || s.health === wanted) && (!q || s.name.toLowerCase().includes(q) || (s.version || '').includes(q)))
        .sort(SORTS[sx.state.get('sort')] || SORTS.health);
    }

    showTools(services) {
      const counts = services.reduce((sum, s) => ({ ...sum, [s.health]: (sum[s.health] || 0) + 1 }), {});
      const choices = [{ value: '', label: t('services.all', services.length) }].concat(
        Object.keys(ORDER).map((k) => ({ value: k, title: t('health.' + k), label: [sx.sign(k, 12), ' ' + (counts[k] || 0)] })),
      );
      const typing = this.filter && this.filter.contains(document.activeElement);
      if (!typing) {
        this.filter = parts.search(t('services.filter'), sx.state.get('q'), (q) => sx.state.set({ q }), { 'data-query': true });
      }
      const chosen = parts.segments(choices, sx.state.get('health'), (v) => sx.state.set({ health: v }, true), t('services.health'));
      if (typing) this.tools.replaceChild(chosen, this.tools.children[1]);
      else sx.put(this.tools, this.filter, chosen);
    }

    table(rows) {
      const column = (key, label, classes) => {
        const on = (sx.state.get('sort') || 'health') === key;
        const pick = () => sx.state.set({ sort: key === 'health' ? '' : key }, true);
        return h('th', { class: classes, scope: 'col', 'aria-sort': on ? 'descending' : null },
          h('button', { class: 'th', type: 'button', onclick: pick }, label, on && sx.icon('sort', 12)));
      };
      const widths = ['100px', '20%', '', '80px', '88px', '80px', '88px', '84px', '88px', '84px', '56px', '84px'];
      return h('section', { class: 'panel', style: 'overflow:hidden' }, h('table', { class: 'tbl services' },
        h('colgroup', null, widths.map((w, i) => h('col', { style: w && 'width:' + w, class: i > 8 ? 'hs' : '' }))),
        h('thead', null, h('tr', null, column('health', t('services.health')), column('name', t('service')), h('th', null, t('services.problems')),
          column('rate', t('figure.rate'), 'num'), h('th'), column('errors', t('figure.errors'), 'num'), h('th'), column('p95', 'p95', 'num'), h('th'),
          column('p99', 'p99', 'num hs'), h('th', { class: 'num hs' }, t('services.inst')), h('th', { class: 'hs' }, t('services.version')))),
        h('tbody', null, rows.map((row) => this.row(row)))));
    }

    row(row) {
      const open = (e) => {
        if (!e.target.closest('a, button')) sx.state.go(sx.state.link('services/' + encodeURIComponent(row.name)));
      };
      return h('tr', { class: 'click', 'data-service': row.name, onclick: open },
        h('td', null, health(row.health)), h('td', null, parts.service(row.name, row.hue)), h('td', null, problem(row)),
        figure(sx.format.rate, row.rate, row.rateSeries, about(row, /^(rate|traffic)/i)),
        figure(sx.format.share, row.errorShare, row.errorSeries, about(row, /error/i)),
        figure(sx.format.seconds, row.p95, row.p95Series, about(row, /p9\d|slow|duration|latency/i)),
        h('td', { class: 'num hs' }, parts.value(sx.format.seconds(row.p99))),
        h('td', { class: 'num hs' }, instances(row.instances)),
        h('td', { class: 'hs cut', title: row.version }, row.version || h('span', { class: 'dim' }, '—')));
    }
  }

  sx.parts.health = health;
  sx.parts.instances = instances;
  sx.define('sx-services', Services);
})();
