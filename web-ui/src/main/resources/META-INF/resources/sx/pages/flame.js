/**
 * A trace as a flame graph: calls merged by service and name from the root down, each as wide as the time that it and all
 * below held for themselves. A click makes a frame the whole width.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const LEAST = 0.001;
  const ROWS = 120;
  const ROW = 22;

  class TraceFlame extends HTMLElement {
    connectedCallback() {
      this.addEventListener('pointermove', (e) => this.tip(e));
      this.addEventListener('pointerleave', () => sx.tip());
      this.addEventListener('keydown', (e) => this.key(e));
    }

    disconnectedCallback() {
      sx.tip();
    }

    show({ tree }) {
      if (this.tree !== tree) {
        this.tree = tree;
        this.top = sx.tracestats.frames(tree);
        this.root = null;
      }
      this.draw();
    }

    focusOn(frame) {
      this.root = frame === this.top ? null : frame;
      sx.tip();
      this.draw();
      const first = this.querySelector('.fl');
      if (first) first.focus({ preventScroll: true });
    }

    draw() {
      const root = this.root || (this.top.children.size === 1 ? [...this.top.children.values()][0] : this.top);
      const all = sx.tracestats.boxes(root, LEAST).filter((b) => b.row < ROWS);
      this.boxes = all;
      const named = root.above ? h('span', { class: 'row gap4 cut' }, parts.chip(root.service, root.hue), h('b', { class: 'cut' }, root.name)) : h('b', null, t('trace.flame.all'));
      const height = (Math.max(0, ...all.map((b) => b.row)) + 1) * ROW;
      sx.put(this, h('div', { class: 'ph' }, named, h('span', { class: 'dim sm cut' }, t('trace.flame.hint')), h('span', { class: 'sp' }), this.root && h('button', { class: 'btn s', type: 'button', onclick: () => this.focusOn(this.top) }, t('trace.flame.whole'))),
        root.value > 0 ? h('div', { class: 'flames', role: 'tree', 'aria-label': t('trace.tab.flame'), style: 'height:' + height + 'px' }, all.map((b, i) => this.box(b, i))) : parts.empty(t('trace.flame.none')));
    }

    box({ frame, left, width, row }, i) {
      const text = frame.above ? frame.service + ' · ' + frame.name : t('trace.flame.all');
      return h('button', { class: 'fl s' + sx.hue(frame.hue) + (frame.errors ? ' e' : ''), type: 'button', role: 'treeitem', tabindex: i === 0 ? '0' : '-1', 'data-i': i, 'aria-level': row + 1, 'aria-label': text + ', ' + sx.format.text(sx.format.nanos(frame.value)),
        style: 'top:' + row * ROW + 'px;left:' + (left * 100).toFixed(3) + '%;width:calc(' + (width * 100).toFixed(3) + '% - 1px)', onclick: () => this.focusOn(frame) }, width > 0.02 && h('span', { class: 'cut' }, frame.above ? frame.name : t('trace.flame.all')));
    }

    tip(event) {
      const box = event.target.closest('.fl');
      const { frame } = (box && this.boxes[Number(box.dataset.i)]) || {};
      if (!frame || !frame.above) return sx.tip();
      const line = (key, value) => h('div', { class: 'tiprow' }, h('span', { class: 'dim' }, t(key)), h('b', null, value));
      return sx.tip(event.clientX, event.clientY, h('div', { class: 'row gap4' }, parts.chip(frame.service, frame.hue), h('b', { class: 'cut' }, frame.name)),
        line('trace.calls', sx.format.text(sx.format.count(frame.count))), line('trace.flame.value', sx.format.text(sx.format.nanos(frame.value))), line('trace.self', sx.format.text(sx.format.nanos(frame.self))),
        frame.errors ? line('figure.errors', sx.format.text(sx.format.count(frame.errors))) : null);
    }

    /** Arrows go to the frame above or below, or beside. */
    key(event) {
      const now = this.boxes[Number(event.target.dataset.i)];
      const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
      if (!now || !step) return;
      event.preventDefault();
      const [down, aside] = step;
      const middle = now.left + now.width / 2;
      const wanted = this.boxes.map((b, i) => ({ b, i })).filter(({ b }) => (down ? b.row === now.row + down : b.row === now.row && (aside > 0 ? b.left > now.left : b.left < now.left)));
      wanted.sort((x, y) => Math.abs(x.b.left + x.b.width / 2 - middle) - Math.abs(y.b.left + y.b.width / 2 - middle));
      if (wanted.length) this.querySelector('[data-i="' + wanted[0].i + '"]').focus();
    }
  }

  sx.define('sx-trace-flame', TraceFlame);
})();
