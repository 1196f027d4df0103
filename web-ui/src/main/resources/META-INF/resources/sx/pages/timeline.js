/** The bar below the service graph: errors over the range, and the moment that the graph shows. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, s, t } = sx;
  const PACE = 1200;
  const WIDTH = 1000;

  class Timeline extends HTMLElement {
    connectedCallback() {
      this.play = h('button', { class: 'btn s sq', type: 'button', onclick: () => (this.timer ? this.stop() : this.start()) });
      this.first = h('span', { class: 'mute sm' });
      this.last = h('b', { class: 'sm' });
      this.track = h('div', { class: 'ttrack', tabindex: '0', role: 'slider', 'aria-label': t('topology.moment') });
      this.track.addEventListener('pointerdown', (e) => this.drag(e));
      this.track.addEventListener('keydown', (e) => this.key(e));
      this.live = h('button', { class: 'btn s', type: 'button', onclick: () => this.choose('') }, t('topology.live'));
      sx.put(this, this.play, this.first, this.track, this.last, this.live);
      this.stop();
    }

    disconnectedCallback() {
      this.stop();
    }

    show(range, at, line) {
      this.range = range;
      this.at = at ? sx.edges.moment(range, at).to : range.to;
      const f = (x) => ((x - range.from) / (range.to - range.from)) * WIDTH;
      const window = sx.edges.moment(range, this.at);
      this.first.textContent = sx.time.tick(range.from, range.to - range.from);
      this.last.textContent = at ? sx.time.clock(this.at) : t('topology.now', sx.time.tick(range.to, range.to - range.from));
      this.live.hidden = !at;
      const drawn = line && sx.series.sparkline(line.requests, { width: WIDTH, height: 28 });
      const failed = line && line.errors.values.some((v) => v > 0) && sx.series.sparkline(line.errors, { width: WIDTH, height: 28 });
      sx.put(this.track, s('svg', { viewBox: '0 0 1000 28', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        at && s('rect', { class: 'twin', x: f(window.from), y: 0, width: f(window.to) - f(window.from), height: 28 }),
        s('line', { class: 'al', x1: 0, x2: WIDTH, y1: 26, y2: 26 }), drawn && s('path', { class: 'spk', d: drawn.before }), failed && s('path', { class: 'spk e', d: failed.before }),
        s('line', { class: 'thand', x1: f(this.at), x2: f(this.at), y1: 0, y2: 28 })));
      for (const [name, value] of Object.entries({ min: range.from, max: range.to, now: Math.round(this.at) })) this.track.setAttribute('aria-value' + name, String(Math.round(value)));
      this.track.setAttribute('aria-valuetext', sx.time.full(this.at));
    }

    choose(at) {
      this.dispatchEvent(new CustomEvent('sx-moment', { detail: at === '' || at >= this.range.to ? '' : Math.round(at) }));
    }

    drag(event) {
      if (event.button !== 0 || !this.range) return;
      this.stop();
      const box = this.track.getBoundingClientRect();
      const at = (e) => this.range.from + Math.max(0, Math.min(1, (e.clientX - box.left) / box.width)) * (this.range.to - this.range.from);
      const move = sx.later(60, (e) => this.choose(at(e)));
      const done = (e) => {
        removeEventListener('pointermove', move);
        removeEventListener('pointerup', done);
        this.choose(at(e));
      };
      addEventListener('pointermove', move);
      addEventListener('pointerup', done);
    }

    key(event) {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -4, PageDown: 4 }[event.key];
      if (!this.range || (!step && event.key !== 'Home' && event.key !== 'End')) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'End') this.choose('');
      else this.choose(event.key === 'Home' ? this.range.from : this.at + (step * (this.range.to - this.range.from)) / 48);
    }

    /** Moves on a step at a time until now. */
    start() {
      if (!this.range) return;
      const length = this.range.to - this.range.from;
      this.choose(this.at >= this.range.to - length / 24 ? this.range.from + length / 12 : this.at + length / 24);
      this.timer = setInterval(() => {
        const next = this.at + length / 24;
        if (next >= this.range.to) this.stop();
        this.choose(next);
      }, PACE);
      this.sign('pause', 'topology.pause');
    }

    stop() {
      clearInterval(this.timer);
      this.timer = 0;
      this.sign('play', 'topology.play');
    }

    sign(icon, key) {
      this.play.title = t(key);
      this.play.setAttribute('aria-label', t(key));
      sx.put(this.play, s('svg', { class: 'i i12', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: icon === 'play' ? 'M4 2.5v11l9-5.5z' : 'M4 3v10M12 3v10' })));
    }
  }

  sx.define('sx-timeline', Timeline);
})();
