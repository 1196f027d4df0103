/** The traces found, as a table that sorts and is walked by arrow keys; a row opens its trace. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const CHIPS = 4;

  class TraceList extends HTMLElement {
    connectedCallback() {
      this.className = 'panel';
      this.style.overflow = 'hidden';
      this.addEventListener('keydown', (e) => this.key(e));
    }

    /** Shows the first so many of the traces in the order of the address ('sort'). */
    show(traces, rows, range) {
      this.range = range;
      const column = sx.state.get('sort') || 'start';
      const longest = Math.max(...traces.map((tr) => tr.durationNanos), 1);
      const shown = sx.tracetable.sorted(traces, column).slice(0, rows);
      this.picks = sx.state.all('pick').slice(-2);
      sx.put(this, this.picks.length > 0 && this.chosen(traces), h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, this.heads(column))), h('tbody', null, shown.map((tr) => this.row(tr, longest)))));
    }

    /** Chooses a trace for comparison or takes it out; of three the one chosen first goes. */
    pick(traceId) {
      const now = this.picks || [];
      sx.state.set({ pick: now.includes(traceId) ? now.filter((id) => id !== traceId) : [...now, traceId].slice(-2) });
    }

    /** Goes to the comparison of the two chosen traces. */
    compare() {
      if (this.picks && this.picks.length === 2) sx.state.go(this.comparison());
    }

    comparison() {
      return sx.state.link('traces/compare', { a: this.picks[0], b: this.picks[1] });
    }

    /** The row of a trace that has the focus is chosen. */
    pickFocused() {
      const row = document.activeElement && document.activeElement.closest('sx-trace-list tbody tr');
      if (row) this.pick(row.dataset.trace);
    }

    chosen(traces) {
      const one = (id, i) => {
        const tr = traces.find((other) => other.traceId === id);
        return h('span', { class: 'row gap4 cut' }, h('b', { class: 'dfl ' + 'ab'[i] }, 'AB'[i]), tr ? [h('span', { class: 'cut', title: tr.rootName }, tr.rootName || t('traces.noName')), h('span', { class: 'num' }, parts.value(sx.format.nanos(tr.durationNanos)))] : h('span', { class: 'mono cut' }, id.slice(0, 12) + '…'));
      };
      return h('div', { class: 'ph tpicked', role: 'status' }, this.picks.map(one), this.picks.length < 2 && h('span', { class: 'mute sm' }, t('traces.pickAnother')), h('span', { class: 'sp' }),
        this.picks.length === 2 && h('a', { class: 'btn pri s', 'data-key': 'compare', href: this.comparison() }, t('tracediff.compare')),
        h('button', { class: 'btn s', type: 'button', 'data-key': 'unpick', onclick: () => sx.state.set({ pick: [] }) }, t('traces.unpick')));
    }

    heads(column) {
      const long = this.range.to - this.range.from > sx.time.DAY;
      const head = (key, label, width, type) => {
        const on = column === key || column === '-' + key;
        const arrow = on && sx.icon((column === key) === (key !== 'root') ? 'sort' : 'sortUp', 12);
        const next = sx.tracetable.next(column, key);
        return h('th', { class: type || '', style: width && 'width:' + width, 'aria-sort': on ? ((column === key) === (key !== 'root') ? 'descending' : 'ascending') : null },
          h('button', { class: 'th', type: 'button', 'data-key': 'sort-' + key, onclick: () => sx.state.set({ sort: next === 'start' ? '' : next }, true) }, label, arrow));
      };
      const plain = (label, width, type) => h('th', { class: type || '', style: width && 'width:' + width }, label);
      return [h('th', { class: 'tck' }, h('span', { class: 'vh' }, t('traces.pick'))), head('start', t('traces.start'), long ? '152px' : '112px'), head('root', t('traces.root'), '26%'), head('errors', t('figure.errors'), '72px'), plain(t('traces.byService')),
        head('duration', t('figure.duration'), '88px', 'num'), head('database', t('traces.database'), '104px', 'num'), head('spans', t('traces.spans'), '72px', 'num'), plain(t('nav.services'), '140px', 'hs'), plain(t('traces.id'), '124px', 'hs')];
    }

    row(tr, longest) {
      const link = sx.state.link('trace/' + tr.traceId);
      const services = tr.services || [];
      const hue = (services.find((s) => s.service === tr.rootService) || {}).hue;
      const at = sx.time.ofNanos(tr.startNanos);
      const time = this.range.to - this.range.from > sx.time.DAY ? sx.time.full(at).slice(5) : sx.time.exact(at);
      const picked = this.picks.includes(tr.traceId);
      const pick = h('input', { type: 'checkbox', tabindex: '-1', 'data-key': 'pick-' + tr.traceId, 'aria-label': t('traces.pick') + ' ' + tr.traceId, title: t('traces.pick'), onchange: () => this.pick(tr.traceId) });
      pick.checked = picked;
      return h('tr', { class: 'click' + (picked ? ' on' : ''), 'data-trace': tr.traceId, onclick: (e) => e.target.closest('a, .tck') || sx.state.go(link) }, h('td', { class: 'tck' }, h('label', null, pick)), h('td', { class: 'mono', title: sx.time.full(at) }, time),
        h('td', null, h('span', { class: 'svc' }, parts.chip(tr.rootService, hue), h('a', { class: 'cut', href: link, title: tr.rootService + ' · ' + tr.rootName }, tr.rootName || t('traces.noName')), tr.rootSeen === false && h('span', { class: 'tag w', title: t('trace.partial.hint') }, t('trace.partial')))),
        h('td', null, tr.errors ? h('span', { class: 'row gap4 err' }, sx.sign('critical', 12, t('figure.error')), sx.format.text(sx.format.count(tr.errors))) : h('span', { class: 'dim' }, '—')),
        h('td', null, bar(tr, longest)), h('td', { class: 'num b' }, parts.value(sx.format.nanos(tr.durationNanos))), database(tr), h('td', { class: 'num' }, sx.format.text(sx.format.count(tr.spans))),
        h('td', { class: 'hs' }, h('span', { class: 'row gap4' }, services.slice(0, CHIPS).map((s) => h('span', { title: s.service + ' · ' + sx.tn('trace.spanCount', s.spans) }, parts.chip(s.service, s.hue))), services.length > CHIPS && h('span', { class: 'dim sm' }, '+' + (services.length - CHIPS)))),
        h('td', { class: 'hs mono' }, h('a', { class: 'link', href: link, title: tr.traceId, tabindex: '-1' }, tr.traceId.slice(0, 12) + '…')));
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, Home: -Infinity, End: Infinity }[event.key];
      const row = event.target.closest('tbody tr');
      if (!step || !row || event.ctrlKey || event.metaKey || event.altKey) return;
      const rows = [...row.parentNode.children];
      const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step))];
      event.preventDefault();
      next.querySelector('a.cut').focus();
    }
  }

  /** The time in databases and caches, and as a line below it its share of the trace's duration. */
  function database(tr) {
    if (!tr.databaseCalls) return h('td', { class: 'num dim' }, '—');
    const share = tr.durationNanos ? tr.databaseNanos / tr.durationNanos : 0;
    const told = sx.tn('traces.databaseCalls', tr.databaseCalls) + ' · ' + t('traces.databaseShare', sx.format.text(sx.format.share(share)));
    return h('td', { class: 'num dbt', title: told }, parts.value(sx.format.nanos(tr.databaseNanos)), h('i', { style: 'width:' + (Math.min(1, share) * 100).toFixed(1) + '%' }));
  }

  /** The services' own time in a trace, side by side, as long as the trace beside the longest one. */
  function bar(tr, longest) {
    const services = (tr.services || []).filter((s) => s.selfNanos > 0);
    const sum = services.reduce((all, s) => all + s.selfNanos, 0) || 1;
    const bars = services.map((s) => h('i', { class: 's' + sx.hue(s.hue), style: 'flex:' + s.selfNanos / sum, title: s.service + ' ' + sx.format.text(sx.format.nanos(s.selfNanos)) }));
    return h('span', { class: 'db' }, h('span', { style: 'width:' + Math.max(1, (tr.durationNanos / longest) * 100).toFixed(2) + '%' }, bars));
  }

  sx.define('sx-trace-list', TraceList);
})();
