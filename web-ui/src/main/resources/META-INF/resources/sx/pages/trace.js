/** One trace: its figures, and the waterfall, statistics, logs and JSON of it. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const TABS = ['waterfall', 'statistics', 'logs', 'json'];

  class Trace extends sx.Page {
    build() {
      this.head = h('div');
      this.tabs = h('div', { class: 'tabs', role: 'tablist' });
      this.content = h('div', { class: 'tw' });
      sx.put(this, this.head, this.tabs, this.content);
      this.stops.push(sx.keys.add(this.ownKeys()));
      this.collapsed = new Set();
    }

    body() {
      return this.content;
    }

    traceId() {
      return decodeURIComponent(location.pathname.split('/').pop());
    }

    ownKeys() {
      const rows = () => this.querySelector('sx-waterfall');
      const on = (act) => () => rows() && act(rows());
      return [
        { key: 'f', text: 'trace.key.next', act: on((w) => w.step(1)) },
        { key: 'b', text: 'trace.key.previous', act: on((w) => w.step(-1)) },
        { key: 's', text: 'trace.key.down', act: on((w) => w.scroll(1)) },
        { key: 'w', text: 'trace.key.up', act: on((w) => w.scroll(-1)) },
        { key: 'a', text: 'trace.key.left', act: on((w) => w.pan(-1)) },
        { key: 'd', text: 'trace.key.right', act: on((w) => w.pan(1)) },
        { key: '+', text: 'trace.key.zoomIn', act: on((w) => w.zoom(0.5)) },
        { key: '-', text: 'trace.key.zoomOut', act: on((w) => w.zoom(2)) },
        { key: ']', text: 'trace.key.expandAll', act: on((w) => w.collapseAll(false)) },
        { key: '[', text: 'trace.key.collapseAll', act: on((w) => w.collapseAll(true)) },
        { key: 'p', text: 'trace.key.expand', act: on((w) => w.level(1)) },
        { key: 'o', text: 'trace.key.collapse', act: on((w) => w.level(-1)) },
        { key: 'Escape', act: () => this.select(null) },
      ];
    }

    addressChanged(keys) {
      if (keys.includes('tick')) return;
      if (this.data && this.data.traceId === this.traceId()) this.show(this.data);
      else this.reload();
    }

    async fetch(signal) {
      const id = this.traceId();
      const trace = await sx.api.get('traces/' + encodeURIComponent(id), {}, signal);
      const tree = sx.trace.build(trace);
      const startMillis = sx.time.ofNanos(tree.start);
      const around = { from: startMillis - 60000, to: startMillis + Math.ceil(tree.duration / 1e6) + 60000, traceId: trace.traceId, order: 'oldest', limit: 1000 };
      const logs = await sx.api.get('logs', around, signal).catch((failure) => {
        if (failure.name === 'AbortError') throw failure;
        return { lines: [], total: 0, failure };
      });
      return { traceId: id, trace, tree, path: sx.trace.criticalPath(tree), logs, startMillis };
    }

    failed(failure) {
      if (failure.status !== 404) return super.failed(failure);
      return sx.put(this.content, parts.empty(t('trace.missing'), t('trace.missing.hint', this.traceId()),
        h('a', { class: 'btn', href: sx.state.link('traces') }, t('nav.traces'))));
    }

    show(data) {
      this.showHead(data);
      this.showTabs(data);
      const tab = this.tab();
      const made = {
        waterfall: () => this.waterfall(data),
        statistics: () => h('section', { class: 'panel fill scroll' }, h('sx-trace-statistics')),
        logs: () => h('section', { class: 'panel fill scroll' }, h('sx-trace-logs')),
        json: () => this.json(data),
      };
      if (tab === 'waterfall' && this.content.firstChild && this.content.firstChild.localName === 'sx-waterfall') {
        this.content.firstChild.show(data, this.selected());
      } else {
        sx.put(this.content, made[tab]());
        const child = this.content.querySelector('sx-waterfall, sx-trace-statistics, sx-trace-logs');
        if (child) child.show(data, this.selected());
      }
      this.showDetail(data);
    }

    tab() {
      return TABS.includes(sx.state.get('tab')) ? sx.state.get('tab') : 'waterfall';
    }

    selected() {
      return sx.state.get('span');
    }

    select(spanId) {
      if ((spanId || '') !== this.selected()) sx.state.set({ span: spanId || '' });
    }

    waterfall(data) {
      const element = h('sx-waterfall');
      element.collapsed = this.collapsed;
      element.addEventListener('sx-select', (e) => this.select(e.detail));
      return element;
    }

    json(data) {
      const text = JSON.stringify(data.trace, null, 2);
      return h('section', { class: 'panel fill scroll' }, h('div', { class: 'ph' }, h('h2', null, 'JSON'), h('span', { class: 'sp' }), parts.copyButton(text, t('action.copy'))),
        h('pre', { class: 'json' }, text.length > 2e6 ? text.slice(0, 2e6) + '\n…' : text));
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
        panel.addEventListener('sx-select', (e) => this.select(e.detail));
        this.content.append(panel);
      }
      panel.show(data, node);
    }

    showHead({ tree, logs, path, startMillis }) {
      const root = tree.roots[0];
      const errors = tree.nodes.filter((n) => n.error).length;
      const depth = tree.nodes.reduce((most, n) => Math.max(most, n.depth + 1), 0);
      const services = sx.trace.services(tree.nodes);
      const first = sx.trace.pathByService(tree, path)[0];
      const status = root && (root.span.attributes || []).find((a) => a.key === 'http.response.status_code');
      const fact = (label, val, tone) => h('div', { class: 'ft' }, h('span', { class: 'sm mute' }, label), h('b', { class: tone }, val));
      const complete = tree.roots.length === 1 && !tree.roots[0].orphan;
      sx.put(
        this.head,
        h('div', { class: 'title' },
          h('a', { class: 'btn ghost sq', href: sx.state.link('traces'), title: t('nav.traces'), 'aria-label': t('nav.traces') }, sx.icon('left')),
          root && parts.chip(root.resource.service, root.resource.hue),
          h('h1', { class: 'cut', title: root && root.span.name }, root ? root.span.name : '—'),
          root && root.error && h('span', { class: 'tag e' }, sx.sign('critical', 12), status ? parts.plain(status.value) : t('figure.error')),
          h('span', { class: 'mono dim cut hs' }, tree.traceId), parts.copyButton(tree.traceId, null, { class: 'btn ghost s sq', title: t('trace.copyId') }),
          h('span', { class: 'sp' }),
          h('a', { class: 'btn ghost', href: sx.state.link('logs', { traceId: tree.traceId, from: startMillis - 60000, to: startMillis + Math.ceil(tree.duration / 1e6) + 60000 }) }, sx.icon('logs'), t('nav.logs'), h('span', { class: 'cnt' }, String(logs.total))), parts.shareButton()),
        h('div', { class: 'fs' },
          fact(t('trace.start'), sx.time.full(startMillis) + '.' + String(startMillis % 1000).padStart(3, '0')),
          fact(t('figure.duration'), sx.format.text(sx.format.nanos(tree.duration))),
          fact(t('nav.services'), String(services.length)), fact(t('trace.spans'), String(tree.nodes.length)),
          fact(t('trace.errors'), String(errors), errors ? 'err' : ''), fact(t('trace.depth'), String(depth)),
          first && fact(t('trace.critical'), [first.service + ' ', h('span', { class: 'err' }, sx.format.text(sx.format.share(first.share)))]),
          h('span', { class: 'sp' }), fact(t('trace.is'), complete ? t('trace.complete') : h('span', { class: 'warn', title: t('trace.partial.hint') }, t('trace.partial')))),
      );
    }

    showTabs({ logs }) {
      const label = { logs: [t('nav.logs'), h('span', { class: 'cnt' }, String(logs.total))] };
      const find = sx.state.get('q');
      const typing = this.find && this.find.contains(document.activeElement);
      if (!typing) this.find = parts.search(t('trace.find'), find, (q) => sx.state.set({ q }), { 'data-query': true });
      const buttons = TABS.map((tab) =>
        h('button', { type: 'button', role: 'tab', 'aria-selected': String(tab === this.tab()), 'data-value': tab, class: tab === this.tab() ? 'on' : '',
          onclick: () => sx.state.set({ tab: tab === 'waterfall' ? '' : tab }, true) }, label[tab] || t('trace.tab.' + tab)));
      const key = h('span', { class: 'cpkey sm mute' }, h('i', { class: 'cpk' }), t('trace.critical'));
      if (typing) {
        [...this.tabs.querySelectorAll('button[role=tab]')].forEach((b, i) => b.replaceWith(buttons[i]));
        return;
      }
      sx.put(this.tabs, buttons, h('span', { class: 'x row' }, this.tab() === 'waterfall' && [this.find, key]));
    }
  }

  sx.define('sx-trace', Trace);
})();
