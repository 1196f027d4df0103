/**
 * The base of pages and panels that load something: loading, loaded, empty and failed are states of one place. A skeleton
 * shows after 200 ms; while a repeated query runs the old content stays, at half strength.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const PATIENCE = 200;

  class Page extends HTMLElement {
    connectedCallback() {
      this.stops = [sx.state.on((keys) => this.notified(keys))];
      const scheme = matchMedia('(prefers-color-scheme: dark)');
      const recolour = () => this.recolour();
      scheme.addEventListener('change', recolour);
      document.addEventListener('sx-theme', recolour);
      this.stops.push(() => scheme.removeEventListener('change', recolour));
      this.stops.push(() => document.removeEventListener('sx-theme', recolour));
      this.started = false;
      if (this.isAtItsAddress()) this.start();
    }

    /** A page is attached a moment before the router changes the address it reads. */
    isAtItsAddress() {
      const page = this.closest('[data-path]');
      return !page || decodeURIComponent(location.pathname) === page.dataset.path;
    }

    start() {
      this.started = true;
      this.build();
      sx.state.follow();
      this.reload();
    }

    notified(keys) {
      if (!this.isConnected) return;
      this.quiet = keys.includes('tick');
      if (!this.started) {
        if (keys.includes('address') || keys.includes('arrived')) this.start();
      } else if (!keys.includes('arrived')) this.addressChanged(keys);
    }

    disconnectedCallback() {
      this.stops.forEach((stop) => stop());
      if (this.running) this.running.abort();
      this.running = null;
      this.discard();
    }

    /** Makes what is there before any data. */
    build() {}

    /** Fetches; answers what show takes. */
    async fetch(signal) {
      return null;
    }

    /** Shows what was fetched. */
    show(data) {}

    /** The skeleton of the real layout. */
    skeleton() {
      return sx.parts.skeleton(6);
    }

    /** Where content, skeletons and errors go. */
    body() {
      return this;
    }

    /** Frees what is not the garbage collector's. */
    discard() {}

    /** The colours changed. */
    recolour() {
      if (this.data) this.show(this.data);
    }

    /** The parameters changed; by default everything is loaded again. */
    addressChanged(keys) {
      this.reload();
    }

    async reload() {
      if (this.running) this.running.abort();
      const running = (this.running = new AbortController());
      const waiting = setTimeout(() => this.waiting(), PATIENCE);
      try {
        const data = await this.fetch(running.signal);
        if (this.running !== running) return;
        this.data = data;
        this.failure = null;
        this.classList.remove('failed');
        this.keepFocus(() => this.show(data));
      } catch (failure) {
        if (failure.name === 'AbortError' || this.running !== running) return;
        this.failed(failure);
      } finally {
        clearTimeout(waiting);
        if (this.running === running) {
          this.running = null;
          this.classList.remove('stale');
        }
      }
    }

    /** Runs something that replaces elements, and gives the focus to what took the focused one's place. */
    keepFocus(change) {
      const had = this.contains(document.activeElement) ? document.activeElement : null;
      const name = had && ['id', 'href', 'data-key', 'data-value'].find((a) => had.getAttribute(a));
      const value = name && had.getAttribute(name);
      change();
      if (!had || had.isConnected || !name) return;
      const next = this.querySelector('[' + name + '="' + CSS.escape(value) + '"]');
      if (next) next.focus({ preventScroll: true });
    }

    waiting() {
      if (this.data && this.quiet) return;
      if (this.data) this.classList.add('stale');
      else sx.put(this.body(), this.skeleton());
    }

    failed(failure) {
      if (!(failure instanceof sx.ApiError)) {
        console.error(failure);
      }
      this.failure = failure;
      if (this.data) {
        this.classList.add('failed');
        sx.notice(failure.message, 'error');
        return;
      }
      sx.put(this.body(), sx.parts.failure(failure, () => this.reload()));
    }
  }

  sx.Page = Page;
})();
