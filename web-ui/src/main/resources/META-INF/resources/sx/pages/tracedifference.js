/** Two traces compared: their figures, and one tree of both that tells what is in which, how often and how long. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const SIDES = ['a', 'b'];

  class TraceDifference extends sx.Page {
    build() {
      this.head = h('section', { class: 'panel dfh', hidden: true });
      this.tools = h('div', { class: 'row tools wrap', hidden: true });
      this.content = h('div', { class: 'tw' });
      const swap = h('button', { class: 'btn ghost', type: 'button', 'data-key': 'swap', onclick: () => this.swap() }, sx.icon('swap'), h('span', { class: 'wide' }, t('tracediff.swap')));
      const back = h('a', { class: 'btn ghost sq', href: sx.state.link('traces'), title: t('nav.traces'), 'aria-label': t('nav.traces') }, sx.icon('left'));
      const title = parts.title(t('nav.traceDifference'), null, swap);
      title.prepend(back);
      sx.put(this, title, this.head, this.tools, this.content);
      this.known = new Map();
      const on = (act) => () => this.rows() && act(this.rows());
      this.stops.push(sx.keys.add([
        { key: 'x', text: 'tracediff.swap', act: () => this.swap() },
        { key: 'c', text: 'tracediff.key.changed', act: () => this.data && sx.state.set({ show: sx.state.get('show') ? '' : 'changed' }, true) },
        { key: ']', text: 'trace.key.expandAll', act: on((w) => w.collapseAll(false)) },
        { key: '[', text: 'trace.key.collapseAll', act: on((w) => w.collapseAll(true)) },
        { key: 'p', text: 'trace.key.expand', act: on((w) => w.level(1)) },
        { key: 'o', text: 'trace.key.collapse', act: on((w) => w.level(-1)) },
      ]));
    }

    body() {
      return this.content;
    }

    rows() {
      return this.querySelector('sx-difference-rows');
    }

    swap() {
      sx.state.set({ a: sx.state.get('b'), b: sx.state.get('a') }, true);
    }

    addressChanged(keys) {
      if (keys.includes('tick')) return;
      const { a, b } = this.data || {};
      if (a && b && a.id === sx.state.get('a') && b.id === sx.state.get('b')) this.keepFocus(() => this.show(this.data));
      else this.reload();
    }

    /** One side's trace, {id} alone where it is not stored, its id is none, or none is named. */
    async side(name, signal) {
      const id = sx.state.get(name);
      if (!id) return { id };
      if (this.known.has(id)) return this.known.get(id);
      try {
        const tree = sx.trace.build(await sx.api.get('traces/' + encodeURIComponent(id), {}, signal));
        const found = { id, tree, startMillis: sx.time.ofNanos(tree.start), totals: sx.tracediff.totals(tree) };
        this.known.set(id, found);
        return found;
      } catch (failure) {
        if (failure.status !== 404 && failure.status !== 400) throw failure;
        return { id };
      }
    }

    async fetch(signal) {
      const [a, b] = await Promise.all(SIDES.map((name) => this.side(name, signal)));
      const rows = a.tree && b.tree ? sx.tracediff.merged(a.tree, b.tree) : null;
      return { a, b, rows };
    }

    show(data) {
      this.head.hidden = !data.a.tree && !data.b.tree;
      if (!this.head.hidden) sx.put(this.head, this.figures(data));
      this.tools.hidden = !data.rows;
      if (!data.rows) {
        sx.put(this.content, h('section', { class: 'panel fill' }, this.missing(data)));
        return;
      }
      this.showTools(data);
      let view = this.rows();
      if (!view) {
        view = h('sx-difference-rows');
        sx.put(this.content, view);
      }
      view.show(data);
    }

    failed(failure) {
      this.data = null;
      this.head.hidden = this.tools.hidden = true;
      super.failed(failure);
    }

    missing({ a, b }) {
      const name = !a.tree ? 'a' : 'b';
      const side = { a, b }[name];
      const other = name === 'a' ? b : a;
      const letter = name.toUpperCase();
      const choose = h('button', { class: 'btn pri', type: 'button', 'data-key': 'choose', onclick: () => this.pick(choose, name, other) }, t('tracediff.choose', letter));
      return side.id ? parts.empty(t('tracediff.missing', letter), t('trace.missing.hint', side.id), choose) : parts.empty(t('tracediff.start'), t('tracediff.start.hint'), choose);
    }

    pick(button, name, from) {
      sx.pickTrace(button, from.tree ? from : null, (id) => sx.state.set({ [name]: id, fold: '' }, true));
    }

    figures(data) {
      const head = [['trace.start', '156px'], ['figure.duration', '104px', 'num'], ['traces.spans', '88px', 'num'], ['figure.errors', '80px', 'num'], ['traces.database', '104px', 'num']];
      return h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', null, t('nav.trace')), head.map(([key, width, type]) => h('th', { class: type, style: 'width:' + width }, t(key))), h('th', { class: 'hs', style: 'width:24%' }, t('nav.services')))),
        h('tbody', null, SIDES.map((name) => this.figureRow(name, data)), data.rows && this.differenceRow(data)));
    }

    figureRow(name, data) {
      const side = data[name];
      const other = data[name === 'a' ? 'b' : 'a'];
      const letter = h('b', { class: 'dfl ' + name }, name.toUpperCase());
      const change = h('button', { class: 'btn ghost s sq', type: 'button', 'data-key': 'pick-' + name, title: t('tracediff.choose', name.toUpperCase()), 'aria-label': t('tracediff.choose', name.toUpperCase()), onclick: () => this.pick(change, name, other.tree ? other : side) }, sx.icon('edit', 12));
      if (!side.tree) return h('tr', null, h('td', { colspan: 7 }, h('span', { class: 'row' }, letter, h('span', { class: 'mono dim cut', title: side.id }, side.id || '—'), change)));
      const root = side.tree.roots[0];
      const of = side.totals;
      const number = (n) => h('td', { class: 'num' }, sx.format.text(sx.format.count(n)));
      return h('tr', null, h('td', null, h('span', { class: 'row' }, letter, root && parts.chip(root.resource.service, root.resource.hue),
        h('a', { class: 'cut', href: sx.state.link('trace/' + side.tree.traceId), title: root && root.resource.service + ' · ' + root.span.name }, (root && root.span.name) || t('traces.noName')), h('span', { class: 'mono dim hs', title: side.tree.traceId }, side.tree.traceId.slice(0, 12) + '…'), change)),
      h('td', { class: 'mono' }, sx.time.full(side.startMillis)), h('td', { class: 'num b' }, parts.value(sx.format.nanos(of.duration))), number(of.spans),
      h('td', { class: of.errors ? 'num err b' : 'num' }, sx.format.text(sx.format.count(of.errors))), h('td', { class: 'num', title: sx.tn('traces.databaseCalls', of.calls) }, parts.value(sx.format.nanos(of.database))),
      h('td', { class: 'hs' }, h('span', { class: 'row gap4' }, of.services.slice(0, 8).map((s) => h('span', { title: s.service }, parts.chip(s.service, s.hue))), of.services.length > 8 && h('span', { class: 'dim sm' }, '+' + (of.services.length - 8)))));
    }

    differenceRow({ a, b, rows }) {
      const only = (of, others, sign, label) => sx.tracediff.without(of, others).slice(0, 4).map((s) => h('span', { class: 'row gap4', title: t(label) + ' · ' + s.service }, sign, parts.chip(s.service, s.hue), h('span', { class: 'cut' }, s.service)));
      const number = (key) => h('td', { class: 'num' }, sx.differenceText(b.totals[key] - a.totals[key], sx.format.count));
      const services = [only(a.totals.services, b.totals.services, '−', 'tracediff.onlyA'), only(b.totals.services, a.totals.services, '+', 'tracediff.onlyB')];
      return h('tr', { class: 'dfd' }, h('td', { class: 'mute' }, t('tracediff.difference')), h('td', { class: 'mute' }, sx.time.length(Math.abs(b.startMillis - a.startMillis)) + ' ' + t(b.startMillis < a.startMillis ? 'tracediff.earlier' : 'tracediff.later')),
        h('td', { class: 'num b' }, sx.differenceText(b.totals.duration - a.totals.duration, sx.format.nanos)), number('spans'), number('errors'), h('td', { class: 'num' }, sx.differenceText(b.totals.database - a.totals.database, sx.format.nanos)),
        h('td', { class: 'hs' }, h('span', { class: 'row' }, services.flat().length ? services : h('span', { class: 'dim' }, t('tracediff.sameServices')))));
    }

    showTools({ rows }) {
      const found = sx.tracediff.counts(rows);
      const most = sx.tracediff.greatest(rows);
      const told = [found.a && t('tracediff.count.a', found.a), found.b && t('tracediff.count.b', found.b), found.changed && t('tracediff.count.changed', found.changed)].filter(Boolean).join(' · ');
      const choices = [{ value: '', label: t('tracediff.all') }, { value: 'changed', label: t('tracediff.changed') }];
      sx.put(this.tools, parts.segments(choices, sx.state.get('show') === 'changed' ? 'changed' : '', (v) => sx.state.set({ show: v }, true), t('tracediff.show')), h('span', { class: 'sm' }, told || t('tracediff.same')), h('span', { class: 'sp' }),
        most && h('button', { class: 'plain row gap4 sm cut', type: 'button', 'data-key': 'greatest', title: most.service + ' · ' + most.name, onclick: () => this.rows().goTo(most) }, h('span', { class: 'mute nw' }, t('tracediff.greatest')), parts.chip(most.service, most.hue), h('span', { class: 'cut link' }, most.name || t('traces.noName')), h('b', { class: 'nw' }, sx.differenceText(most.b.self - most.a.self, sx.format.nanos))));
    }
  }

  /** A difference with its sign, so that no colour has to tell it; what takes longer or is more reads as worse. */
  sx.differenceText = function (by, format) {
    if (!by) return h('span', { class: 'dim' }, '0');
    return h('span', { class: by > 0 ? 'err' : 'ok' }, (by > 0 ? '+' : '−') + sx.format.text(format(Math.abs(by))));
  };

  sx.define('sx-trace-difference', TraceDifference);
})();
