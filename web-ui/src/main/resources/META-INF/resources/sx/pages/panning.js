/** The part of a plane that an element shows, [x, y, width, height], moved by drag and wheel. */
(function () {
  'use strict';
  const sx = globalThis.sx;

  /** A drag begins after so many pixels. */
  const SLACK = 4;

  class Panning {
    /** show is given each new view. */
    constructor(element, show) {
      this.element = element;
      this.show = show;

      /** What there is to see, and whether the view is another than all of it. */
      this.whole = [0, 0, 1, 1];
      this.moved = false;
      element.addEventListener('pointerdown', (e) => this.drag(e));
      element.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
    }

    size() {
      return [this.element.clientWidth || 800, this.element.clientHeight || 600];
    }

    /** Shows a view as wide as one given, as high as the element is. */
    to([x, y, w]) {
      const [width, height] = this.size();
      this.unit = w / width;
      this.view = [x, y, width * this.unit, height * this.unit];
      this.show(this.view);
    }

    /** The same at the same scale, as large as the element is now. */
    again() {
      const [width, height] = this.size();
      this.view = [this.view[0], this.view[1], width * this.unit, height * this.unit];
      this.show(this.view);
    }

    /** Everything in sight, never larger than life. */
    fit() {
      const [width, height] = this.size();
      const [x, y, w, h] = this.whole;
      const scale = Math.max(w / width, h / height, 1);
      this.moved = false;
      this.to([x - (width * scale - w) / 2, y - (height * scale - h) / 2, width * scale]);
    }

    /** A point in the middle, large enough to read. */
    centre({ x, y }) {
      const [width, height] = this.size();
      const scale = Math.min(this.view[2] / width, 1.2);
      this.moved = true;
      this.to([x - (width * scale) / 2, y - (height * scale) / 2, width * scale]);
    }

    /** Shows so many times as much, around a point given as shares of width and height. */
    zoom(factor, at) {
      if (!this.view) return;
      const [x, y, w, h] = this.view;
      const next = Math.max(200, Math.min(Math.max(this.whole[2], this.whole[3] * 2) * 2 + 2000, w * factor)) / w;
      const [px, py] = at || [0.5, 0.5];
      this.moved = true;
      this.to([x + w * px * (1 - next), y + h * py * (1 - next), w * next]);
    }

    wheel(event) {
      if (!this.view) return;
      event.preventDefault();
      const box = this.element.getBoundingClientRect();
      this.zoom(Math.pow(1.0015, event.deltaY), [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
    }

    drag(event) {
      if (event.button !== 0 || !this.view) return;
      const [x, y, w] = this.view;
      const scale = w / this.size()[0];
      const from = [event.clientX, event.clientY];
      this.dragged = false;
      const move = (e) => {
        const by = [e.clientX - from[0], e.clientY - from[1]];
        if (!this.dragged && Math.hypot(...by) < SLACK) return;
        this.dragged = this.moved = true;
        this.to([x - by[0] * scale, y - by[1] * scale, w]);
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', () => removeEventListener('pointermove', move), { once: true });
    }
  }

  sx.Panning = Panning;
})();
