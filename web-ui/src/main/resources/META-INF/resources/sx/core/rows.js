/** Rows of one height of which only those in sight exist, so that ten thousand scroll like a hundred. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const BEYOND = 8;

  /** Within a scroller that holds the sizer; make(item, index) gives a row's element. */
  sx.rows = function (scroller, sizer, height, make) {
    const kept = new Map();
    let items = [];

    function draw() {
      const { first, last } = sx.lines.window(items.length, height, scroller.scrollTop, scroller.clientHeight, BEYOND);
      for (const [i, element] of kept) {
        if (i >= first && i < last) continue;
        element.remove();
        kept.delete(i);
      }
      for (let i = first; i < last; i++) {
        if (kept.has(i)) continue;
        const element = make(items[i], i);
        element.style.top = i * height + 'px';
        kept.set(i, element);
        sizer.append(element);
      }
    }

    return {
      /** Draws what came into sight. */
      draw,

      /** Other rows, or the same ones made anew. */
      show(next) {
        items = next;
        kept.clear();
        sizer.replaceChildren();
        sizer.style.height = items.length * height + 'px';
        draw();
      },

      /** Scrolls so that a row is in sight. */
      reveal(i) {
        const top = i * height;
        if (top < scroller.scrollTop) scroller.scrollTop = top;
        else if (top + height > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + height - scroller.clientHeight;
        draw();
      },
    };
  };
})();
