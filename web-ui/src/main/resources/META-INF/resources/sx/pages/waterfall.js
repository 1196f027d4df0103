/** The waterfall: only rows in sight exist, so that 100,000 spans scroll like a hundred. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const ROW = 24;
  const BEYOND = 8;
  const KIND_ICONS = { db: 'database', messaging: 'queue', out: 'globe' };

  function kindIcon(span) {
    if (sx.tracestats.isDatabaseCall(span)) return KIND_ICONS.db;
    if ((span.attributes || []).some((a) => a.key === 'messaging.system')) return KIND_ICONS.messaging;
    return null;
  }

  class Waterfall extends HTMLElement {
    connectedCallback() {
      this.className = 'panel wf';
      this.folds = this.folds || { text: '', ids: new Set() };
      this.view = this.view || [0, 1];
      this.kept = new Map();
      this.services = h('div', { class: 'nm row wfs', role: 'group', 'aria-label': t('trace.only') });
      this.mini = h('sx-minimap', { class: 'mmt' });
      this.mini.addEventListener('sx-view', (e) => this.setView(e.detail));
      this.ticks = h('div', { class: 'tl tk' });
      this.lines = h('div', { class: 'tl' });
      this.sizer = h('div', { class: 'sizer' });
      this.rows = h('div', { class: 'rows', tabindex: '0', role: 'tree', 'aria-label': t('trace.tab.waterfall') }, h('div', { class: 'gls' }, h('div'), this.lines), this.sizer);
      this.rows.addEventListener('scroll', () => this.draw());
      this.rows.addEventListener('click', (e) => this.clicked(e));
      this.rows.addEventListener('keydown', (e) => this.key(e));
      this.rows.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
      sx.put(
        this,
        h('div', { class: 'mm' }, this.services, this.mini),
        h('div', { class: 'rl' }, h('div', { class: 'nm' }, h('span', { class: 'mute sm', style: 'padding-left:12px' }, t('trace.column')), h('span', { class: 'sp' }),
          this.button('up', 'trace.key.collapse', () => this.level(-1)), this.button('down', 'trace.key.expand', () => this.level(1))), this.ticks),
        this.rows,
      );
      this.keepView = sx.later(200, () => this.isConnected && sx.state.set({ view: sx.traceView.write(this.view) }));
      this.resize = new ResizeObserver(() => this.data && this.draw());
      this.resize.observe(this.rows);
    }

    disconnectedCallback() {
      this.resize.disconnect();
    }

    button(icon, key, act) {
      return h('button', { class: 'btn ghost s sq', type: 'button', title: t(key), 'aria-label': t(key), onclick: act }, sx.icon(icon));
    }

    show(data, selected) {
      const first = this.data !== data;
      this.data = data;
      this.selected = selected;
      this.only = new Set(sx.state.all('only'));
      this.readFolds(data.tree);
      this.findAll(sx.state.get('q'), first);
      this.rowsThatShow();
      this.drawServices(data.facts.services);
      if (first) this.mini.show(data.tree);
      this.view = sx.traceView.read(sx.state.get('view'));
      this.mini.setView(this.view);
      this.drawTicks();
      this.redraw();
      if (selected && first) this.reveal(selected);
      this.tellFound();
    }

    /** What the address says is folded; what it could not say whole is kept as long as it is not changed there. */
    readFolds(tree) {
      const text = sx.state.get('fold');
      if (this.folds.tree === tree && this.folds.text === text) return;
      Object.assign(this.folds, { tree, text, ids: sx.folds.read(tree, text) });
    }

    get collapsed() {
      return this.folds.ids;
    }

    /** The critical path is known now. */
    pathKnown() {
      this.redraw();
    }

    /** Colours changed. */
    recolour() {
      this.mini.draw();
    }

    rowsThatShow() {
      this.visible = sx.trace.ofServices(sx.trace.visible(this.data.tree.nodes, this.collapsed), this.only);
    }

    /** Spans that hold a text, in the order of rows; null where nothing is looked for. */
    findAll(text, first) {
      if (!first && text === this.found) return;
      this.found = text;
      this.hitList = text ? this.data.tree.nodes.filter((n) => sx.trace.matches(n, text)) : null;
      this.hits = this.hitList && new Set(this.hitList);
    }

    tellFound() {
      const at = this.hitList ? this.hitList.findIndex((n) => n.span.spanId === this.selected) : -1;
      this.dispatchEvent(new CustomEvent('sx-found', { detail: this.hitList && { count: this.hitList.length, at } }));
    }

    drawServices(services) {
      const toggle = (name) => {
        const next = new Set(this.only);
        if (!next.delete(name)) next.add(name);
        sx.state.set({ only: next.size === services.length ? [] : [...next] }, true);
      };
      sx.put(this.services, h('span', { class: 'mute sm' }, t('nav.services')),
        services.map((s) => h('button', { class: 'plain row gap4' + (this.only.size && !this.only.has(s.service) ? ' dimmed' : ''), type: 'button', 'aria-pressed': String(this.only.has(s.service)), 'data-key': 'only-' + s.service,
          title: s.service + ' · ' + sx.tn('trace.spanCount', s.spans) + ' · ' + t('trace.only.hint'), onclick: () => toggle(s.service) }, parts.chip(s.service, s.hue), h('span', { class: 'dim sm' }, sx.format.text(sx.format.count(s.spans))))),
        this.only.size > 0 && h('button', { class: 'plain link sm', type: 'button', 'data-key': 'only', onclick: () => sx.state.set({ only: [] }, true) }, t('trace.all')));
    }

    setView(view) {
      this.view = view;
      this.mini.setView(view);
      this.drawTicks();
      this.redraw();
      this.keepView();
    }

    drawTicks() {
      const { duration } = this.data.tree;
      const [a, b] = this.view;
      const at = [0, 0.2, 0.4, 0.6, 0.8];
      sx.put(this.ticks, at.map((f) => h('span', { style: 'left:' + f * 100 + '%' }, a + f === 0 ? '0' : sx.format.text(sx.format.nanos((a + f * (b - a)) * duration)))),
        h('span', { style: 'right:4px' }, sx.format.text(sx.format.nanos(b * duration))));
      sx.put(this.lines, at.slice(1).map((f) => h('i', { style: 'left:' + f * 100 + '%' })));
    }

    draw() {
      const rows = this.visible;
      const { first, last } = sx.lines.window(rows.length, ROW, this.rows.scrollTop, this.rows.clientHeight, BEYOND);
      for (const [i, element] of this.kept) {
        if (i >= first && i < last) continue;
        element.remove();
        this.kept.delete(i);
      }
      const least = Math.min(...this.kept.keys());
      const before = [];
      const after = [];
      for (let i = first; i < last; i++) {
        if (this.kept.has(i)) continue;
        const element = this.row(rows[i], i);
        this.kept.set(i, element);
        (i < least && least !== Infinity ? before : after).push(element);
      }
      this.sizer.prepend(...before);
      this.sizer.append(...after);
    }

    /** Makes all rows anew: something of them changed. */
    redraw() {
      this.kept.clear();
      this.sizer.replaceChildren();
      this.sizer.style.height = this.visible.length * ROW + 'px';
      this.draw();
    }

    row(node, i) {
      const { span } = node;
      const on = span.spanId === this.selected;
      const dimmed = this.hits && !this.hits.has(node);
      const kind = kindIcon(span);
      const closed = this.collapsed.has(span.spanId);
      const depth = Math.min(node.depth, 20);
      const name = h('div', { class: 'nm', style: 'padding-left:' + (6 + depth * 12) + 'px' },
        depth > 0 && h('i', { style: 'width:' + depth * 12 + 'px' }),
        node.children.length ? h('button', { class: 'fold', tabindex: '-1', type: 'button', 'aria-label': t(closed ? 'trace.key.expand' : 'trace.key.collapse') }, sx.icon(closed ? 'right' : 'down', 12)) : h('em'),
        parts.chip(node.resource.service, node.resource.hue), node.error && sx.sign('critical', 12, t('figure.error')), kind && sx.icon(kind, 12),
        h('span', { class: 'cut', title: node.resource.service + ' · ' + sx.trace.label(span) }, sx.trace.label(span)),
        closed && h('span', { class: 'cnt' }, '+' + node.descendants));
      return h('div', { class: 'wr' + (on ? ' on' : '') + (dimmed ? ' dimmed' : ''), style: 'top:' + i * ROW + 'px', 'data-span': span.spanId, 'data-row': i, role: 'treeitem',
        'aria-level': node.depth + 1, 'aria-selected': String(on), 'aria-expanded': node.children.length ? String(!closed) : null }, name, this.bar(node));
    }

    bar(node) {
      const { duration } = this.data.tree;
      const [a, b] = this.view;
      const scale = (at) => ((duration ? at / duration : 0) - a) / (b - a);
      const percent = (f) => (f * 100).toFixed(3) + '%';
      const left = scale(node.start);
      const right = scale(node.end);
      const line = h('div', { class: 'tl' });
      if (right < 0 || left > 1) return line;
      const from = Math.max(0, left);
      const to = Math.min(1, right);
      const text = sx.format.text(sx.format.nanos(node.duration));
      const inside = to - from > 0.12;
      const bar = h('span', { class: 'bar s' + sx.hue(node.resource.hue) + (node.error && right <= 1 ? ' e' : ''), style: 'left:' + percent(from) + ';width:max(2px,' + percent(to - from) + ')' }, inside && h('b', { class: 'in' }, text));
      line.append(bar);
      if (!inside) {
        const after = to < 0.85;
        line.append(h('b', { style: after ? 'left:calc(' + percent(to) + ' + 6px)' : 'right:calc(' + percent(1 - from) + ' + 6px)' }, text));
      }
      for (const [f, e] of this.data.path.get(node) || []) {
        const l = Math.max(0, scale(f));
        const r = Math.min(1, scale(e));
        if (r >= 0 && l <= 1) line.append(h('u', { style: 'left:' + percent(l) + ';width:max(1px,' + percent(Math.max(0, r - l)) + ')' }));
      }
      if (node.exception) {
        const at = scale(Number(BigInt(node.exception.timeNanos) - BigInt(this.data.tree.start)));
        if (at >= 0 && at <= 1.001) line.append(h('s', { style: 'left:calc(' + percent(Math.min(1, at)) + ' - 4px)' }));
      }
      return line;
    }

    clicked(event) {
      const row = event.target.closest('.wr');
      if (!row) return;
      if (event.target.closest('.fold')) this.fold(row.dataset.span);
      else this.select(row.dataset.span);
      this.rows.focus({ preventScroll: true });
    }

    fold(spanId) {
      if (!this.collapsed.delete(spanId)) this.collapsed.add(spanId);
      this.refold();
    }

    refold() {
      this.rowsThatShow();
      this.redraw();
      this.folds.text = sx.folds.write(this.data.tree, this.collapsed);
      sx.state.set({ fold: this.folds.text });
    }

    select(spanId) {
      this.dispatchEvent(new CustomEvent('sx-select', { detail: spanId }));
    }

    /** To the next (1) or previous (-1) span that shows; of those a search found, whichever is folded away too. */
    step(by) {
      if (this.hitList) return this.stepFound(by);
      const rows = this.visible;
      if (!rows.length) return undefined;
      const at = rows.findIndex((n) => n.span.spanId === this.selected);
      const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
      this.select(next.span.spanId);
      return this.reveal(next.span.spanId);
    }

    /** To the next or previous found span, from the end to the beginning again. */
    stepFound(by) {
      const { hitList } = this;
      if (!hitList.length) return;
      const now = this.data.tree.byId.get(this.selected);
      const row = now ? now.row : by > 0 ? -1 : this.data.tree.nodes.length;
      const ahead = by > 0 ? hitList.find((n) => n.row > row) : hitList.findLast((n) => n.row < row);
      const next = ahead || (by > 0 ? hitList[0] : hitList[hitList.length - 1]);
      let folded = false;
      for (let at = next.parent; at; at = at.parent) folded = this.collapsed.delete(at.span.spanId) || folded;
      if (folded) this.refold();
      this.select(next.span.spanId);
      this.reveal(next.span.spanId);
    }

    reveal(spanId) {
      const at = this.visible.findIndex((n) => n.span.spanId === spanId);
      if (at < 0) return;
      const top = at * ROW;
      if (top < this.rows.scrollTop) this.rows.scrollTop = top - ROW;
      else if (top + ROW > this.rows.scrollTop + this.rows.clientHeight) this.rows.scrollTop = top - this.rows.clientHeight + 2 * ROW;
    }

    scroll(by) {
      this.rows.scrollTop += by * ROW * 4;
    }

    pan(by) {
      const [a, b] = this.view;
      const step = Math.max(-a, Math.min(1 - b, by * (b - a) * 0.2));
      this.setView([a + step, b + step]);
    }

    zoom(factor, around) {
      const [a, b] = this.view;
      const middle = around === undefined ? (a + b) / 2 : a + around * (b - a);
      const length = Math.min(1, Math.max(1e-6, (b - a) * factor));
      const from = Math.max(0, Math.min(1 - length, middle - (middle - a) * (length / (b - a))));
      this.setView([from, from + length]);
    }

    wheel(event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = this.lines.getBoundingClientRect();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8, Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)));
    }

    collapseAll(closed) {
      this.collapsed.clear();
      if (closed) this.data.tree.nodes.forEach((n) => n.children.length && this.collapsed.add(n.span.spanId));
      this.refold();
    }

    /** One level more (1) or less (-1). */
    level(by) {
      const open = this.visible.filter((n) => n.children.length && !this.collapsed.has(n.span.spanId));
      if (by < 0) {
        const deepest = open.reduce((most, n) => Math.max(most, n.depth), -1);
        open.filter((n) => n.depth === deepest).forEach((n) => this.collapsed.add(n.span.spanId));
      } else {
        const shut = this.visible.filter((n) => this.collapsed.has(n.span.spanId));
        const least = shut.reduce((most, n) => Math.min(most, n.depth), Infinity);
        shut.filter((n) => n.depth === least).forEach((n) => this.collapsed.delete(n.span.spanId));
      }
      this.refold();
    }

    key(event) {
      const act = { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1), ArrowRight: () => this.open(true), ArrowLeft: () => this.open(false) }[event.key];
      if (!act || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act();
    }

    open(open) {
      if (!this.selected) return;
      if (open) this.collapsed.delete(this.selected);
      else this.collapsed.add(this.selected);
      this.refold();
    }
  }

  sx.define('sx-waterfall', Waterfall);
})();
