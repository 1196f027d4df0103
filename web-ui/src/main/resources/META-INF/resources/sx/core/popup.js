/** Menus below a button, notices at the edge, and tooltips that follow the pointer. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h } = sx;
  let open = null;

  function close(refocus) {
    if (!open) return;
    const { panel, anchor, stop } = open;
    open = null;
    stop();
    panel.remove();
    anchor.setAttribute('aria-expanded', 'false');
    if (refocus) anchor.focus();
  }

  /** Opens a panel below an element; a second call closes it. */
  function show(anchor, panel) {
    const again = open && open.anchor === anchor;
    close(false);
    if (again) return;
    panel.classList.add('pop', 'popup');
    document.body.append(panel);
    const place = () => {
      const box = anchor.getBoundingClientRect();
      const left = Math.max(8, Math.min(box.left, innerWidth - panel.offsetWidth - 8));
      panel.style.left = left + 'px';
      panel.style.top = box.bottom + 4 + 'px';
      panel.style.maxHeight = innerHeight - box.bottom - 12 + 'px';
    };
    place();
    const outside = (e) => !panel.contains(e.target) && !anchor.contains(e.target) && close(false);
    const key = (e) => {
      if (e.key === 'Escape') {
        e.stopPropagation();
        close(true);
      }
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('keydown', key, true);
    addEventListener('resize', place);
    anchor.setAttribute('aria-expanded', 'true');
    open = {
      anchor,
      panel,
      stop() {
        document.removeEventListener('pointerdown', outside, true);
        document.removeEventListener('keydown', key, true);
        removeEventListener('resize', place);
      },
    };
    const first = panel.querySelector('[autofocus], [aria-checked=true], button, input, a');
    if (first) first.focus();
  }

  /** A list of choices: [{label, value, hint}]; arrows move, Enter takes. */
  function menu(anchor, choices, chosen, choose) {
    const list = h('div', { class: 'menu', role: 'menu' });
    for (const c of choices) {
      list.append(
        h('button', {
          type: 'button', role: 'menuitemradio', 'aria-checked': String(c.value === chosen), class: c.value === chosen ? 'on' : '',
          onclick: () => {
            close(true);
            choose(c.value);
          },
        }, h('span', null, c.label), c.hint && h('span', { class: 'dim' }, c.hint)),
      );
    }
    list.addEventListener('keydown', (e) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (!step) return;
      const all = [...list.children];
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
      e.preventDefault();
    });
    show(anchor, list);
  }

  /** Says something for a few seconds. */
  sx.notice = function (text, kind) {
    let place = document.querySelector('.notices');
    if (!place) {
      place = h('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });
      document.body.append(place);
    }
    const sign = kind === 'error' ? 'critical' : kind === 'ok' ? 'healthy' : 'warning';
    const note = h('div', { class: 'pop notice' }, sx.sign(sign), h('span', null, text));
    place.append(note);
    setTimeout(() => note.remove(), kind === 'error' ? 8000 : 3000);
  };

  const tip = h('div', { class: 'pop tip', hidden: true });

  /** Shows nodes beside a point of the window; without nodes, hides them. */
  sx.tip = function (x, y, ...content) {
    if (!content.length) {
      tip.hidden = true;
      return;
    }
    if (!tip.isConnected) document.body.append(tip);
    sx.put(tip, ...content);
    tip.hidden = false;
    const left = x + 14 + tip.offsetWidth > innerWidth - 8 ? x - 14 - tip.offsetWidth : x + 14;
    tip.style.left = Math.max(8, left) + 'px';
    tip.style.top = Math.max(8, Math.min(y + 12, innerHeight - tip.offsetHeight - 8)) + 'px';
  };

  sx.popup = { show, menu, close };
})();
