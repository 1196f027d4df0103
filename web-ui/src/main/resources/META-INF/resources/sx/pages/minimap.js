/** The whole trace in a strip, and the part of it the waterfall shows, to be dragged and resized. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const HEIGHT = 48;
  const LANES = 18;

  class Minimap extends HTMLElement {
    connectedCallback() {
      this.canvas = h('canvas', { 'aria-hidden': 'true' });
      this.left = h('i');
      this.right = h('i');
      this.port = h('div', { class: 'vp', role: 'slider', tabindex: '0', 'aria-label': t('trace.minimap'), 'aria-valuemin': 0, 'aria-valuemax': 100 }, this.left, this.right);
      sx.put(this, this.canvas, this.port);
      this.addEventListener('pointerdown', (e) => this.drag(e));
      this.addEventListener('dblclick', () => this.tell([0, 1]));
      this.port.addEventListener('keydown', (e) => this.key(e));
      this.resize = new ResizeObserver(() => this.tree && this.draw());
      this.resize.observe(this);
    }

    disconnectedCallback() {
      this.resize.disconnect();
    }

    show(tree) {
      this.tree = tree;
      this.draw();
    }

    draw() {
      const width = this.clientWidth;
      if (!width) return;
      const ratio = devicePixelRatio || 1;
      Object.assign(this.canvas, { width: width * ratio, height: HEIGHT * ratio });
      Object.assign(this.canvas.style, { width: width + 'px', height: HEIGHT + 'px' });
      const pen = this.canvas.getContext('2d');
      pen.scale(ratio, ratio);
      const lanes = Math.min(LANES, Math.max(1, this.tree.nodes.length));
      const step = (HEIGHT - 8) / LANES;
      const colours = new Map();
      const colour = (name) => {
        if (!colours.has(name)) colours.set(name, sx.token(name));
        return colours.get(name);
      };
      for (const bar of sx.trace.minimap(this.tree.nodes, this.tree.duration, lanes, width)) {
        const x = (bar.start / (this.tree.duration || 1)) * width;
        const w = Math.max(1, ((bar.end - bar.start) / (this.tree.duration || 1)) * width);
        pen.fillStyle = bar.hue ? colour('svc-' + sx.hue(bar.hue)) : colour('text-4');
        pen.fillRect(x, 4 + bar.lane * step, w, 1.5);
        if (bar.error) {
          pen.fillStyle = colour('error');
          pen.fillRect(Math.max(x, x + w - 3), 4 + bar.lane * step, Math.min(3, w), 1.5);
        }
      }
    }

    setView([a, b]) {
      this.view = [a, b];
      this.port.style.left = a * 100 + '%';
      this.port.style.width = 'max(4px,' + (b - a) * 100 + '%)';
      this.port.setAttribute('aria-valuenow', String(Math.round(a * 100)));
      this.port.setAttribute('aria-valuetext', Math.round(a * 100) + ' % – ' + Math.round(b * 100) + ' %');
    }

    tell(view) {
      this.dispatchEvent(new CustomEvent('sx-view', { detail: view }));
    }

    drag(event) {
      const box = this.getBoundingClientRect();
      const at = (e) => Math.max(0, Math.min(1, (e.clientX - box.left) / box.width));
      const start = at(event);
      const [a, b] = this.view;
      const whole = a === 0 && b === 1;
      const handle = event.target === this.left ? 'left' : event.target === this.right ? 'right' : whole || start < a || start > b ? 'new' : 'move';
      event.preventDefault();
      this.setPointerCapture(event.pointerId);
      const move = (e) => this.tell(this.dragged(handle, start, at(e), a, b));
      this.addEventListener('pointermove', move);
      this.addEventListener('pointerup', () => this.removeEventListener('pointermove', move), { once: true });
    }

    dragged(handle, start, now, a, b) {
      const least = 0.002;
      if (handle === 'left') return [Math.min(now, b - least), b];
      if (handle === 'right') return [a, Math.max(now, a + least)];
      if (handle === 'move') {
        const by = Math.max(-a, Math.min(1 - b, now - start));
        return [a + by, b + by];
      }
      const from = Math.min(start, now);
      const to = Math.max(start, now);
      return to - from < least ? [a, b] : [from, to];
    }

    key(event) {
      const [a, b] = this.view;
      const step = { ArrowLeft: -0.05, ArrowRight: 0.05 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const by = Math.max(-a, Math.min(1 - b, step));
      this.tell([a + by, b + by]);
    }
  }

  sx.define('sx-minimap', Minimap);
})();
