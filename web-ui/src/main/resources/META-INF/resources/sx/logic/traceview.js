/** The part of a trace's time that shows, as the address writes it: two shares from 0 to 1. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const WHOLE = [0, 1];

  /** A text such as 0.25-0.5 as [from, to]; the whole trace where it is none. */
  function read(text) {
    const m = /^(\d(?:\.\d+)?)-(\d(?:\.\d+)?)$/.exec(text);
    if (!m) return WHOLE.slice();
    const from = Number(m[1]);
    const to = Number(m[2]);
    return from < to && to <= 1 ? [from, to] : WHOLE.slice();
  }

  /** The text of a view; empty for the whole trace. */
  function write([from, to]) {
    if (from <= 0 && to >= 1) return '';
    const text = (x) => String(Number(x.toFixed(7)));
    return text(from) + '-' + text(to);
  }

  sx.traceView = { read, write };
})();
