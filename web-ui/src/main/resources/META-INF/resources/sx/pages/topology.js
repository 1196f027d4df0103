/** The service graph: callers left, live figures, any moment of the range, and what differs from another range. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const LOCAL = ['node', 'edge', 'q', 'depth', 'as', 'group', 'open', 'only'];
  const DEPTHS = [0, 1, 2, 3];
  const AGAINST = ['before', '1h', '1d', '1w'];

  /** From so many nodes on groups are drawn unless the address says otherwise. */
  const CROWD = 60;

  class Topology extends sx.Page {
    build() {
      this.count = h('span', { class: 'mute sm' });
      this.states = h('div', { class: 'row tstates', role: 'group', 'aria-label': t('topology.difference') });
      this.tools = h('div', { class: 'row tools' });
      this.table = h('sx-calls', { class: 'tcalls' });
      this.picture = h('sx-graph');
      this.time = h('sx-timeline', { class: 'row ttime' });
      const fit = h('button', { class: 'btn s', type: 'button', onclick: () => this.picture.fit() }, t('topology.fit'));
      this.controls = h('div', { class: 'row tzoom' }, this.button('minus', 'topology.zoomOut', () => this.picture.zoom(1.25)), fit, this.button('plus', 'topology.zoomIn', () => this.picture.zoom(0.8)));
      this.content = h('div', { class: 'tgraph' });
      this.side = h('sx-node', { class: 'panel tp', hidden: true });
      this.call = h('sx-edge', { class: 'panel tp', hidden: true });
      for (const panel of [this.side, this.call]) panel.addEventListener('sx-close', () => this.choose({}));
      this.foot = h('div', { class: 'row foot' });
      this.asTable = h('button', { class: 'btn ghost', type: 'button', onclick: () => sx.state.set({ as: sx.state.get('as') ? '' : 'table' }, true) });
      this.save = h('button', { class: 'btn ghost', type: 'button', onclick: () => sx.saveSvg(this.picture, 'topology.svg') }, sx.icon('open'), h('span', { class: 'wide' }, t('topology.export')));
      sx.put(this, parts.title(t('nav.topology'), this.count, this.states, this.asTable, this.save), this.tools,
        h('div', { class: 'tw' }, h('section', { class: 'panel tc' }, h('div', { class: 'tstage' }, this.content, this.controls), this.time), this.side, this.call), this.foot);
      for (const each of [this.controls, this.time, this.asTable, this.save]) each.hidden = true;
      this.showTools({ nodes: [], edges: [] });
      this.listen();
    }

    listen() {
      this.picture.addEventListener('sx-choose', (e) => this.choose(e.detail));
      this.picture.addEventListener('sx-walk', (e) => this.walk(e.detail));
      this.picture.addEventListener('sx-open', (e) => this.open(e.detail));
      this.time.addEventListener('sx-moment', (e) => sx.state.set({ at: e.detail }));
      this.stops.push(sx.keys.add([{ key: '+', text: 'topology.zoomIn', act: () => this.picture.zoom(0.8) }, { key: '-', text: 'topology.zoomOut', act: () => this.picture.zoom(1.25) }, { key: '0', text: 'topology.fit', act: () => this.picture.fit() },
        { key: 'f', text: 'topology.focus', act: () => this.focusNode() }, { key: 'd', text: 'topology.difference', act: () => sx.state.set({ vs: sx.state.get('vs') ? '' : 'before' }, true) }, { key: 'Escape', act: () => this.choose({}) }]));
    }

    body() {
      return this.content;
    }

    button(icon, key, act) {
      return h('button', { class: 'btn s sq', type: 'button', title: t(key), 'aria-label': t(key), onclick: act }, sx.icon(icon));
    }

    addressChanged(keys) {
      const local = keys.length > 0 && keys.every((k) => LOCAL.includes(k));
      if (local && this.data) this.keepFocus(() => this.show(this.data));
      else this.reload();
    }

    /** The graph of the range, or of the moment chosen in it; the timeline is the whole range's. */
    async fetch(signal) {
      const range = sx.state.range();
      const at = sx.state.get('at');
      const shown = at ? sx.edges.moment(range, at) : range;
      const base = sx.edges.base(shown, sx.state.get('vs'));
      const asked = sx.api.between(shown);
      const graph = base ? sx.api.get('topology/difference', { ...asked, baseFrom: Math.round(base.from), baseTo: Math.round(base.to) }, signal) : sx.api.get('topology', asked, signal);
      const [found, line] = await Promise.all([graph, this.timeline(range, signal)]);
      return { ...found, range, at, base, line };
    }

    /** Moving through a range asks for its timeline once. */
    async timeline(range, signal) {
      const key = sx.state.get('from') + ' ' + sx.state.get('to');
      const fresh = this.line && this.line.key === key && this.line.range.to > range.to - 10000;
      if (!fresh) {
        const line = await sx.api.get('topology/timeline', sx.api.between(range), signal).catch((failure) => {
          if (failure.name === 'AbortError') throw failure;
          return null;
        });
        this.line = { key, range, line };
      }
      return this.line.line;
    }

    choose({ node, edge }) {
      sx.state.set({ node: node || '', edge: edge || '' }, true);
    }

    walk(id) {
      sx.state.set({ node: id, edge: '' });
      if (this.picture.moved) this.picture.centre(id);
    }

    /** Opens a group; of another node, closes the group it lies in. */
    open(id) {
      const node = this.shown.nodes.find((n) => n.id === id);
      if (!node) return;
      const open = sx.state.all('open');
      if (node.kind === 'group') sx.state.set({ open: [...open, node.name], node: '' }, true);
      else if (node.group && open.includes(node.group)) sx.state.set({ open: open.filter((g) => g !== node.group), node: '' }, true);
    }

    focusNode() {
      if (sx.state.get('node')) sx.state.set({ depth: sx.state.get('depth') === '1' ? '' : '1' }, true);
    }

    show(data) {
      this.count.textContent = t('topology.figures', data.nodes.length, data.edges.length);
      sx.put(this.asTable, sx.icon('columns'), h('span', { class: 'wide' }, t(sx.state.get('as') ? 'topology.picture' : 'topology.table')));
      this.time.show(data.range, data.at, data.line);
      this.time.hidden = !data.line;
      this.asTable.hidden = this.save.hidden = !data.nodes.length;
      this.showTools(data);
      this.showStates(data);
      if (!data.nodes.length) return this.showEmpty(data);
      this.shown = this.visible(data);
      const { nodes, edges } = this.shown;
      const node = nodes.find((n) => n.id === sx.state.get('node'));
      const edge = edges.find((e) => sx.groups.key(e) === sx.state.get('edge'));
      const table = sx.state.get('as') === 'table';
      this.controls.hidden = table;
      const view = table ? this.table : this.picture;
      if (view.parentNode !== this.content) sx.put(this.content, view);
      if (table) this.table.show(nodes, edges, Boolean(data.base), sx.state.get('q'));
      else {
        this.picture.show(this.shown, { node: node && node.id, edge: edge && sx.groups.key(edge), difference: Boolean(data.base), searching: Boolean(sx.state.get('q')), dim: (n) => this.isDim(n) });
      }
      this.showPanels(node, edge, data);
      this.showFoot(data);
      return undefined;
    }

    showEmpty(data) {
      const hint = data.at ? t('topology.empty.moment') : t('topology.empty.hint');
      const welcome = h('a', { class: 'btn', href: sx.state.link('services') }, t('topology.empty.next'));
      sx.put(this.content, parts.empty(t('topology.empty'), hint, welcome));
      for (const each of [this.controls, this.side, this.call]) each.hidden = true;
      sx.put(this.foot);
    }

    showPanels(node, edge, data) {
      this.side.hidden = !node;
      this.call.hidden = Boolean(node) || !edge;
      if (node) this.side.show(node, this.shown, data);
      else if (edge) this.call.show(edge, this.shown, data);
    }

    showFoot(data) {
      const left = data.edgesFound > data.edges.length && h('span', { class: 'cost' }, t('topology.leftOut', data.edgesFound - data.edges.length));
      const than = data.thresholds && h('span', { class: 'cost' }, t('topology.thresholds', Math.round(data.thresholds.relative * 100), sx.format.significant(data.thresholds.errorShare * 100)));
      sx.put(this.foot, parts.cost(sx.tn('topology.edges', this.shown.edges.length), data.cost), left, than, h('span', { class: 'sp' }), h('span', { class: 'cost' }, data.at ? t('topology.past', sx.time.full(sx.edges.moment(data.range, data.at).to)) : t('state.updated', sx.time.clock(Date.now()))));
    }

    /** How much is new, vanished and changed; a click leaves only that. */
    showStates({ nodes, edges, base }) {
      const only = sx.state.get('only');
      const of = (all, state) => all.filter((each) => each.state === state).length;
      const button = (state) => {
        const [n, e] = [of(nodes, state), of(edges, state)];
        const told = t('topology.state.' + state) + ': ' + t('topology.figures', n, e);
        return h('button', { class: only === state ? 'btn s on' : 'btn s', type: 'button', 'data-only': state, 'aria-pressed': String(only === state), title: told, disabled: !n && !e && only !== state, onclick: () => sx.state.set({ only: only === state ? '' : state }, true) }, sx.edges.SIGNS[state] + ' ' + (n + e) + ' ' + t('topology.state.' + state));
      };
      sx.put(this.states, base && Object.keys(sx.edges.SIGNS).map(button));
    }

    /** In a difference, what is in the state wanted, and both ends of edges that are. */
    wanted(data) {
      const only = sx.state.get('only');
      if (!data.base || !sx.edges.SIGNS[only]) return data;
      const edges = data.edges.filter((e) => e.state === only);
      const ends = new Set(edges.flatMap((e) => [e.from, e.to]));
      return { ...data, edges, nodes: data.nodes.filter((n) => n.state === only || ends.has(n.id)) };
    }

    /** What shows: groups as one node, and what is within some steps of the node chosen. */
    visible(found) {
      const data = this.wanted(found);
      const all = this.isGrouped(data) ? sx.groups.collapse(data, sx.state.all('open')) : data;
      const depth = Number(sx.state.get('depth'));
      const id = sx.state.get('node');
      if (!depth || !all.nodes.some((n) => n.id === id)) return all;
      const kept = sx.graph.neighbourhood(all.edges, id, depth);
      return { nodes: all.nodes.filter((n) => kept.has(n.id)), edges: all.edges.filter((e) => kept.has(e.from) && kept.has(e.to)) };
    }

    isGrouped(data) {
      const wanted = sx.state.get('group');
      return wanted ? wanted === 'namespace' : data.nodes.length > CROWD;
    }

    isDim(node) {
      const q = sx.state.get('q');
      return Boolean(q) && !this.found(node, q);
    }

    /** A group is found by what lies in it. */
    found(node, q) {
      const has = (n) => n.name.toLowerCase().includes(q.toLowerCase());
      return has(node) || Boolean(node.members && node.members.some(has));
    }

    showTools(data) {
      const grouped = this.isGrouped(this.wanted(data)) ? 'namespace' : 'none';
      const sign = [grouped, ...['q', 'depth', 'vs'].map(sx.state.get)].join('\n');
      if (this.toolsSign === sign || (this.find && this.find.contains(document.activeElement))) return;
      this.toolsSign = sign;
      this.find = parts.search(t('topology.find'), sx.state.get('q'), (q) => sx.state.set({ q }), { 'data-query': true });
      this.find.querySelector('input').addEventListener('keydown', (e) => e.key === 'Enter' && this.find_(e.target.value));
      const depth = Number(sx.state.get('depth'));
      const label = (d) => (d ? t('topology.depth.some', d) : t('topology.depth.all'));
      const groups = ['none', 'namespace'].map((value) => ({ value, label: t('topology.group.' + value) }));
      const vs = sx.state.get('vs');
      const now = parts.segments([{ value: 'now', label: t('topology.graphNow') }, { value: 'vs', label: t('topology.difference') }], vs ? 'vs' : 'now', (v) => sx.state.set({ vs: v === 'vs' ? vs || 'before' : '' }, true), t('topology.difference'));
      sx.put(this.tools, this.find, this.choice(t('topology.group.' + grouped), groups, grouped, (group) => sx.state.set({ group, open: '', node: '', edge: '' }, true), 'group'),
        this.choice(label(depth), DEPTHS.map((d) => ({ value: d, label: label(d) })), depth, (d) => sx.state.set({ depth: d || '' }, true), 'depth'), now, vs && this.against(vs), h('span', { class: 'sp' }), this.legend(vs));
    }

    choice(label, choices, chosen, choose, key) {
      const button = h('button', { class: 'sel', type: 'button', 'aria-haspopup': 'menu', 'data-key': key }, label, sx.icon('down', 12));
      button.addEventListener('click', () => sx.popup.menu(button, choices, chosen, choose));
      return button;
    }

    /** What the graph is compared with, or a range of one's own. */
    against(vs) {
      const own = AGAINST.includes(vs) ? '' : vs;
      const base = sx.edges.base(sx.state.range(), vs);
      const label = own && base ? sx.time.full(base.from).slice(0, 16) + ' – ' + sx.time.full(base.to).slice(0, 16) : t('topology.vs.' + (own ? 'custom' : vs));
      const choices = [...AGAINST, 'custom'].map((value) => ({ value, label: t('topology.vs.' + value) }));
      const button = h('button', { class: 'sel', type: 'button', 'aria-haspopup': 'menu', 'data-key': 'vs' }, label, sx.icon('down', 12));
      button.addEventListener('click', () => sx.popup.menu(button, choices, own ? 'custom' : vs, (v) => (v === 'custom' ? setTimeout(() => this.own(button, base)) : sx.state.set({ vs: v }, true))));
      return button;
    }

    own(button, base) {
      const field = (label, at) => h('label', { class: 'row' }, h('span', { class: 'mute sm' }, label), h('input', { class: 'field', 'aria-label': label, value: at ? sx.time.full(at) : '' }));
      const from = field(t('range.from'), base && base.from);
      const to = field(t('range.to'), base && base.to);
      const problem = h('span', { class: 'err sm', role: 'alert' });
      const form = h('form', { class: 'vsform' }, from, to, problem, h('button', { class: 'btn pri', type: 'submit' }, t('topology.vs.apply')));
      form.addEventListener('submit', (e) => {
        e.preventDefault();
        const [a, b] = [from, to].map((f) => Math.round(sx.time.instant(f.querySelector('input').value, Date.now())));
        if (!(a < b)) {
          problem.textContent = t('topology.vs.wrong');
          return;
        }
        sx.popup.close(true);
        sx.state.set({ vs: a + ',' + b }, true);
      });
      sx.popup.show(button, form);
    }

    legend(vs) {
      const line = (style) => h('i', { class: 'legend-line', style });
      const entry = (style, key) => h('span', null, line(style), key);
      return h('div', { class: 'mini-leg sm hs' }, vs
        ? [entry('height:2px;background:var(--sx-ok)', '+ ' + t('topology.state.new')), entry('height:0;background:none;border-top:2px dashed var(--sx-text-3)', '× ' + t('topology.state.vanished')), entry('height:2px;background:var(--sx-warn)', '▲ ' + t('topology.state.worse')), entry('height:2px;background:var(--sx-ok)', '▼ ' + t('topology.state.better'))]
        : [entry('height:1.5px', '50 /s'), entry('height:3.2px', '1 k/s'), entry('height:1.5px;background:var(--sx-error)', t('topology.legend.errors'))]);
    }

    /** Chooses the node found, which opens its group, and moves it into sight. */
    find_(q) {
      if (!this.data || !q) return;
      const hit = this.data.nodes.find((n) => n.name.toLowerCase() === q.toLowerCase()) || this.data.nodes.find((n) => this.found(n, q));
      if (!hit) {
        sx.notice(t('topology.notFound', q), 'error');
        return;
      }
      const group = this.isGrouped(this.wanted(this.data)) && sx.groups.assign(this.data.nodes, this.data.edges).get(hit.id);
      const open = sx.state.all('open');
      sx.state.set({ node: hit.id, edge: '', open: group && !open.includes(group) ? [...open, group] : open }, true);
      this.picture.centre(hit.id);
    }
  }

  sx.define('sx-topology', Topology);
})();
