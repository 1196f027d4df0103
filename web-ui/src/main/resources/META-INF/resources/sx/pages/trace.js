/** One trace: its figures, and the waterfall, flame graph, statistics, logs and JSON of it. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const TABS = { waterfall: 'sx-waterfall', flame: 'sx-trace-flame', statistics: 'sx-trace-statistics', logs: 'sx-trace-logs', json: 'sx-trace-json' };
  const LOGS = 1000;

  class Trace extends sx.Page {
    build() {
      this.head = h('div');
      this.tabs = h('div', { class: 'tabs', role: 'tablist' });
      this.content = h('div', { class: 'tw' });
      this.found = h('span', { class: 'dim sm nw' });
      this.finding = h('span', { class: 'row gap4' }, this.found, this.stepButton('up', 'trace.key.previous', -1), this.stepButton('down', 'trace.key.next', 1));
      sx.put(this, this.head, this.tabs, this.content);
      this.stops.push(sx.keys.add(this.ownKeys()));
      this.folds = { text: '', ids: new Set() };
    }

    body() {
      return this.content;
    }

    traceId() {
      return decodeURIComponent(location.pathname.split('/').pop());
    }

    rows() {
      return this.querySelector('sx-waterfall');
    }

    ownKeys() {
      const on = (act) => () => this.rows() && act(this.rows());
      return [
        { key: 'f', text: 'trace.key.next', act: on((w) => w.step(1)) },
        { key: 'b', text: 'trace.key.previous', act: on((w) => w.step(-1)) },
        { key: 's', text: 'trace.key.down', act: on((w) => w.scroll(1)) },
        { key: 'w', text: 'trace.key.up', act: on((w) => w.scroll(-1)) },
        { key: 'a', text: 'trace.key.left', act: on((w) => w.pan(-1)) },
        { key: 'd', text: 'trace.key.right', act: on((w) => w.pan(1)) },
        { key: 'ArrowLeft', act: on((w) => w.pan(-1)) },
        { key: 'ArrowRight', act: on((w) => w.pan(1)) },
        { key: 'ArrowUp', text: 'trace.key.zoomIn', act: on((w) => w.zoom(0.5)) },
        { key: 'ArrowDown', text: 'trace.key.zoomOut', act: on((w) => w.zoom(2)) },
        { key: '+', act: on((w) => w.zoom(0.5)) },
        { key: '-', act: on((w) => w.zoom(2)) },
        { key: ']', text: 'trace.key.expandAll', act: on((w) => w.collapseAll(false)) },
        { key: '[', text: 'trace.key.collapseAll', act: on((w) => w.collapseAll(true)) },
        { key: 'p', text: 'trace.key.expand', act: on((w) => w.level(1)) },
        { key: 'o', text: 'trace.key.collapse', act: on((w) => w.level(-1)) },
        { key: 'c', text: 'tracediff.with', act: () => this.querySelector('[data-key=compare]') && this.querySelector('[data-key=compare]').click() },
        { key: 'Escape', act: () => this.select(null) },
      ];
    }

    stepButton(icon, key, by) {
      return h('button', { class: 'btn ghost s sq', type: 'button', title: t(key), 'aria-label': t(key), onclick: () => this.rows() && this.rows().step(by) }, sx.icon(icon));
    }

    addressChanged(keys) {
      if (keys.includes('tick')) return;
      if (this.data && this.data.traceId === this.traceId()) this.keepFocus(() => this.show(this.data));
      else this.reload();
    }

    async fetch(signal) {
      const id = this.traceId();
      const trace = await sx.api.get('traces/' + encodeURIComponent(id), {}, signal);
      const tree = sx.trace.build(trace);
      const startMillis = sx.time.ofNanos(tree.start);
      const around = { ...sx.traceAround({ tree, startMillis }), traceId: trace.traceId, order: 'oldest', limit: LOGS };
      const logs = await sx.api.get('logs', around, signal).catch((failure) => {
        if (failure.name === 'AbortError') throw failure;
        return { lines: [], total: 0, failure };
      });
      const { path, later } = sx.criticalPath(tree);
      const data = { traceId: id, trace, tree, path, logs, startMillis, facts: sx.traceFacts(tree) };
      if (later) later.then((found) => this.pathKnown(data, found));
      return data;
    }

    pathKnown(data, path) {
      data.path = path;
      if (this.data !== data || !this.isConnected) return;
      sx.put(this.head, sx.traceHead(data));
      if (this.rows()) this.rows().pathKnown();
      this.showDetail(data);
    }

    failed(failure) {
      if (failure.status !== 404) return super.failed(failure);
      return sx.put(this.content, parts.empty(t('trace.missing'), t('trace.missing.hint', this.traceId()),
        h('a', { class: 'btn', href: sx.state.link('traces') }, t('nav.traces'))));
    }

    show(data) {
      sx.put(this.head, sx.traceHead(data));
      this.showTabs(data);
      const name = TABS[this.tab()];
      let view = this.content.firstElementChild;
      if (!view || view.localName !== name) {
        view = h(name);
        if (name === 'sx-waterfall') {
          view.folds = this.folds;
          view.addEventListener('sx-found', (e) => this.showFound(e.detail));
        } else view.className = 'panel fill scroll';
        view.addEventListener('sx-select', (e) => this.select(e.detail));
        sx.put(this.content, view);
      }
      view.show(data, this.selected());
      this.showDetail(data);
    }

    recolour() {
      super.recolour();
      if (this.rows() && this.data) this.rows().recolour();
    }

    tab() {
      return TABS[sx.state.get('tab')] ? sx.state.get('tab') : 'waterfall';
    }

    selected() {
      return sx.state.get('span');
    }

    select(spanId) {
      if ((spanId || '') !== this.selected()) sx.state.set({ span: spanId || '' });
    }

    showDetail(data) {
      const node = this.tab() === 'waterfall' ? data.tree.byId.get(this.selected()) : null;
      let panel = this.content.querySelector('sx-span');
      if (!node) {
        if (panel) panel.remove();
        return;
      }
      if (!panel) {
        panel = h('sx-span', { class: 'panel dt' });
        panel.addEventListener('sx-close', () => this.select(null));
        this.content.append(panel);
      }
      panel.show(data, node);
    }

    showFound(found) {
      this.finding.hidden = !found;
      if (found) this.found.textContent = found.count === 0 ? t('trace.foundNone') : found.at < 0 ? sx.tn('trace.found', found.count) : t('trace.foundAt', found.at + 1, found.count);
    }

    showTabs({ logs }) {
      const label = { logs: [t('nav.logs'), h('span', { class: 'cnt' }, sx.format.text(sx.format.count(logs.total)))], flame: [sx.icon('flame'), t('trace.tab.flame')] };
      const typing = this.find && this.find.contains(document.activeElement);
      if (!typing) {
        this.find = parts.search(t('trace.find'), sx.state.get('q'), (q) => sx.state.set({ q }), { 'data-query': true });
        this.find.addEventListener('keydown', (e) => {
          if (e.key === 'Enter' && this.rows()) this.rows().step(e.shiftKey ? -1 : 1);
        });
      }
      const buttons = Object.keys(TABS).map((tab) =>
        h('button', { type: 'button', role: 'tab', 'aria-selected': String(tab === this.tab()), 'data-value': tab, class: tab === this.tab() ? 'on' : '',
          onclick: () => sx.state.set({ tab: tab === 'waterfall' ? '' : tab }, true) }, label[tab] || t('trace.tab.' + tab)));
      if (typing) {
        [...this.tabs.querySelectorAll('button[role=tab]')].forEach((b, i) => b.replaceWith(buttons[i]));
        return;
      }
      const key = h('span', { class: 'cpkey sm mute' }, h('i', { class: 'cpk' }), t('trace.critical'));
      sx.put(this.tabs, buttons, h('span', { class: 'x row' }, this.tab() === 'waterfall' && [this.finding, this.find, key]));
    }
  }

  sx.define('sx-trace', Trace);
})();
