/** The tree of two traces laid over each other; only rows in sight exist. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const ROW = 28;
  const DEEPEST = 20;

  class DifferenceRows extends HTMLElement {
    connectedCallback() {
      if (this.list) return;
      this.className = 'panel dft';
      this.sizer = h('div', { class: 'sizer' });
      this.box = h('div', { class: 'rows', tabindex: '0', role: 'tree', 'aria-label': t('tracediff.tree') }, this.sizer);
      this.list = sx.rows(this.box, this.sizer, ROW, (g, i) => this.row(g, i));
      this.box.addEventListener('scroll', () => this.list.draw());
      this.box.addEventListener('click', (e) => this.clicked(e));
      this.box.addEventListener('keydown', (e) => this.key(e));
      const num = (key, more) => h('span', { class: 'num' + (more || '') }, t(key));
      sx.put(this, h('div', { class: 'dr dfc' }, h('span', null, t('trace.column')), num('tracediff.calls'), num('tracediff.total.a'), num('tracediff.total.b'), h('span', { class: 'num' }, 'Δ'), num('tracediff.self.a', ' hs'), num('tracediff.self.b', ' hs'), h('span', { class: 'num' }, t('tracediff.self.delta')), num('figure.errors')), this.box);
      this.resize = new ResizeObserver(() => this.data && this.list.draw());
      this.resize.observe(this.box);
    }

    disconnectedCallback() {
      this.resize.disconnect();
    }

    show(data) {
      const text = sx.state.get('fold');
      if (this.data !== data) {
        this.data = data;
        this.nodes = { nodes: data.rows };
        this.longest = data.rows.reduce((most, g) => Math.max(most, Math.abs(g.b.self - g.a.self)), 1);
        this.written = null;
        this.at = null;
      }
      if (text !== this.written) {
        this.ids = sx.folds.read(this.nodes, text);
        this.written = text;
      }
      this.redraw();
    }

    redraw() {
      const collapsed = { has: (g) => this.ids.has(g.span.spanId) };
      this.visible = sx.tracediff.visible(this.data.rows, collapsed, sx.state.get('show') === 'changed');
      this.list.show(this.visible);
      if (!this.visible.length) sx.put(this.sizer, parts.empty(t('tracediff.nothing')));
    }

    folded() {
      this.redraw();
      this.written = sx.folds.write(this.nodes, this.ids);
      sx.state.set({ fold: this.written });
    }

    row(g, i) {
      const place = sx.tracediff.where(g);
      const closed = this.ids.has(g.span.spanId);
      const depth = Math.min(g.depth, DEEPEST);
      const name = g.name || t('traces.noName');
      return h('div', { class: 'dr in-' + place + (g === this.at ? ' on' : '') + (g.differs ? ' differs' : ''), 'data-row': i, role: 'treeitem', 'aria-level': g.depth + 1, 'aria-expanded': g.children.length ? String(!closed) : null, 'aria-selected': String(g === this.at) },
        h('span', { class: 'nm', style: 'padding-left:' + (8 + depth * 12) + 'px' }, g.children.length ? h('button', { class: 'fold', tabindex: '-1', type: 'button', 'aria-label': t(closed ? 'trace.key.expand' : 'trace.key.collapse') }, sx.icon(closed ? 'right' : 'down', 12)) : h('em'),
          parts.chip(g.service, g.hue), h('span', { class: 'cut', title: g.service + ' · ' + name }, name), closed && h('span', { class: 'cnt' }, '+' + g.descendants),
          place !== 'both' && h('span', { class: 'tag ' + (place === 'b' ? 'a' : 'n') }, sx.icon(place === 'a' ? 'minus' : 'plus', 12), t(place === 'a' ? 'tracediff.onlyA' : 'tracediff.onlyB'))),
        h('span', { class: 'num' }, counts(g)), this.time(g, 'a', 'total'), this.time(g, 'b', 'total'), h('span', { class: 'num' }, sx.differenceText(g.b.total - g.a.total, sx.format.nanos)),
        this.time(g, 'a', 'self', ' hs'), this.time(g, 'b', 'self', ' hs'), this.self(g), errors(g));
    }

    time(g, side, key, more) {
      const of = g[side];
      const text = of.count ? parts.value(sx.format.nanos(of[key])) : h('span', { class: 'dim' }, '—');
      const link = key === 'total' && of.span && sx.state.link('trace/' + this.data[side].tree.traceId, { span: of.span });
      return h('span', { class: 'num' + (more || '') }, link ? h('a', { href: link, tabindex: '-1', title: t('tracediff.open', side.toUpperCase()) }, text) : text);
    }

    /** The difference of self time, and a bar from the middle as long as it is beside the greatest. */
    self(g) {
      const by = g.b.self - g.a.self;
      const share = (Math.abs(by) / this.longest) * 46;
      return h('span', { class: 'num dfs' }, h('span', null, sx.differenceText(by, sx.format.nanos)), share >= 0.5 && h('i', { class: by > 0 ? 'more' : 'less', style: (by > 0 ? 'left:50%' : 'right:50%') + ';width:' + share.toFixed(1) + '%' }));
    }

    clicked(event) {
      const row = event.target.closest('.dr');
      if (!row || event.target.closest('a')) return;
      const g = this.visible[Number(row.dataset.row)];
      this.at = g;
      if (event.target.closest('.fold') && g.children.length) this.fold(g);
      else this.redraw();
      this.box.focus({ preventScroll: true });
    }

    fold(g) {
      if (!this.ids.delete(g.span.spanId)) this.ids.add(g.span.spanId);
      this.folded();
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
      if (step) this.step(step);
      else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') this.open(event.key === 'ArrowRight');
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    step(by) {
      const now = this.at ? this.visible.indexOf(this.at) : -1;
      const next = Math.max(0, Math.min(this.visible.length - 1, now < 0 ? (by > 0 ? 0 : this.visible.length - 1) : now + by));
      this.at = this.visible[next] || null;
      this.redraw();
      this.list.reveal(next);
    }

    open(open) {
      if (!this.at || !this.at.children.length || this.ids.has(this.at.span.spanId) !== open) return;
      this.fold(this.at);
    }

    /** To a group, unfolding what hides it. */
    goTo(g) {
      let unfolded = false;
      for (let above = g.above; above; above = above.above) unfolded = this.ids.delete(above.span.spanId) || unfolded;
      this.at = g;
      if (unfolded) this.folded();
      else this.redraw();
      if (!this.visible.includes(g)) sx.state.set({ show: '' });
      this.list.reveal(this.visible.indexOf(g));
      this.box.focus({ preventScroll: true });
    }

    collapseAll(closed) {
      this.ids = new Set(closed ? this.data.rows.filter((g) => g.children.length).map((g) => g.span.spanId) : []);
      this.folded();
    }

    /** One level more (1) or less (-1). */
    level(by) {
      const shown = this.visible.filter((g) => g.children.length && this.ids.has(g.span.spanId) === by > 0);
      const depth = shown.reduce((found, g) => (by > 0 ? Math.min(found, g.depth) : Math.max(found, g.depth)), by > 0 ? Infinity : -1);
      for (const g of shown) {
        if (g.depth !== depth) continue;
        if (by > 0) this.ids.delete(g.span.spanId);
        else this.ids.add(g.span.spanId);
      }
      this.folded();
    }
  }

  function counts(g) {
    const number = (n) => sx.format.text(sx.format.count(n));
    if (g.a.count === g.b.count) return number(g.a.count);
    return h('b', null, number(g.a.count) + ' → ' + number(g.b.count));
  }

  function errors(g) {
    if (!g.a.errors && !g.b.errors) return h('span', { class: 'num dim' }, '—');
    const number = (n) => sx.format.text(sx.format.count(n));
    return h('span', { class: 'num err' }, sx.sign('critical', 12, t('figure.error')), ' ', g.a.errors === g.b.errors ? number(g.a.errors) : h('b', null, number(g.a.errors) + ' → ' + number(g.b.errors)));
  }

  sx.define('sx-difference-rows', DifferenceRows);
})();
