/** The small parts pages are made of. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, s } = sx;

  /** Monogram chip; the hue is a class, so that it follows the scheme. */
  function chip(name, hue) {
    return h('span', { class: 'mg s' + sx.hue(hue), 'aria-hidden': 'true' }, sx.monogram(name));
  }

  /** A service: chip and name, a link to its page. */
  function service(name, hue, options) {
    const inside = [chip(name, hue), h('span', { class: 'cut' }, name || sx.t('service.unnamed'))];
    if (options && options.plain) return h('span', { class: 'svc', title: name }, inside);
    return h('a', { class: 'svc', title: name, href: sx.state.link('services/' + encodeURIComponent(name)) }, inside);
  }

  /** Value and unit, the unit in grey. */
  function value(parts) {
    return [parts.value, parts.unit ? [' ', h('span', { class: 'u' }, parts.unit)] : null];
  }

  function sparkline(series, options) {
    const box = { width: 72, height: 24 };
    const { kind, since } = options || {};
    const line = sx.series.sparkline(series, box, kind ? (since === null || since === undefined ? -Infinity : since) : null);
    return s(
      'svg',
      { class: 'spark', width: box.width, height: box.height, viewBox: '0 0 72 24', 'aria-hidden': 'true' },
      line.before && s('path', { class: 'spk', d: line.before }),
      line.after && s('path', { class: 'spk ' + kind, d: line.after }),
      line.alone.filter((p) => p !== line.last).map((p) => s('circle', { class: p.side === 'after' ? 'dot ' + kind : 'dot', cx: p.x, cy: p.y, r: 1.1 })),
      line.last && s('circle', { class: line.last.side === 'after' ? 'dot ' + kind : 'dot', cx: line.last.x, cy: line.last.y, r: 1.7 }),
    );
  }

  function skeleton(rows) {
    const widths = [38, 52, 30, 46, 60, 34];
    return h(
      'section',
      { class: 'panel skeleton', 'aria-busy': 'true', 'aria-label': sx.t('state.loading') },
      Array.from({ length: rows }, (_, i) =>
        h('div', { class: 'skr' }, h('span', { class: 'sk', style: 'width:16px;height:16px;border-radius:8px' }),
          h('span', { class: 'sk', style: 'height:12px;width:' + widths[i % 6] + '%' }), h('span', { class: 'sp' }),
          h('span', { class: 'sk', style: 'height:12px;width:64px' }), h('span', { class: 'sk', style: 'height:12px;width:88px' }))),
    );
  }

  /** One sentence, the next step, and a command to copy where there is one. */
  function empty(title, hint, ...more) {
    return h('div', { class: 'empty', role: 'status' }, sx.sign('nodata', 24), h('h2', null, title), hint && h('p', { class: 'mute' }, hint), more);
  }

  function failure(error, again) {
    return h(
      'div',
      { class: 'empty panel', role: 'alert' },
      sx.sign('critical', 24, sx.t('state.failed')),
      h('h2', null, sx.t('state.failed')),
      h('p', { class: 'mute failure-text' }, error.message),
      h('button', { class: 'btn', onclick: again }, sx.icon('refresh'), sx.t('action.again')),
    );
  }

  /** What an answer cost, as far as it says. */
  function cost(found, of) {
    const parts = [];
    if (of) {
      if (of.series) parts.push(sx.tn('cost.series', of.series));
      if (of.blocks) parts.push(sx.tn('cost.blocks', of.blocks));
      if (of.bytes) parts.push(sx.t('cost.read', sx.format.text(sx.format.bytes(of.bytes))));
      if (of.millis !== undefined && of.millis !== null) parts.push(sx.format.text(sx.format.seconds(of.millis / 1000)));
    }
    return h('div', { class: 'cost' }, h('b', null, found), parts.length ? h('span', null, '· ' + parts.join(' · ')) : null);
  }

  /** Copies a text and says so on the button. */
  function copyButton(text, label, attributes) {
    const button = h('button', { class: 'btn s', type: 'button', title: sx.t('action.copy'), ...attributes }, sx.icon('copy'), label);
    button.addEventListener('click', () => {
      copy(typeof text === 'function' ? text() : text);
      sx.put(button, sx.icon('check'), label && sx.t('action.copied'));
      setTimeout(() => sx.put(button, sx.icon('copy'), label), 1500);
    });
    return button;
  }

  function copy(text) {
    const fallback = () => {
      const area = h('textarea', { style: 'position:fixed;opacity:0' });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).catch(fallback);
    else fallback();
  }

  /** A command in a frame with a button that copies it. Parts are [text, kind] with the query box's colours. */
  function command(title, parts) {
    const text = parts.map((p) => p[0]).join('');
    return h(
      'div',
      { class: 'cm' },
      h('div', { class: 'row' }, h('b', { class: 'sm' }, title), h('span', { class: 'sp' }), copyButton(text, sx.t('action.copy'))),
      h('pre', null, parts.map(([t, kind]) => (kind ? h('span', { class: 'k-' + kind }, t) : t))),
    );
  }

  /** The page's title row. */
  function title(text, extra, ...buttons) {
    return h('div', { class: 'title' }, h('h1', null, text), extra, h('span', { class: 'sp' }), buttons, shareButton());
  }

  function shareButton() {
    const button = h('button', { class: 'btn ghost', type: 'button', title: sx.t('action.share.hint') }, sx.icon('share'), h('span', { class: 'wide' }, sx.t('action.share')));
    button.addEventListener('click', () => {
      const { from, to } = sx.state.range();
      const link = new URL(location.href);
      link.search = sx.address.format({ ...sx.address.parse(location.search), from: Math.round(from), to: Math.round(to) });
      copy(String(link));
      sx.notice(sx.t('action.share.done'), 'ok');
    });
    return button;
  }

  /** A row of choices, one on: [{value, label}]. */
  function segments(choices, chosen, choose, label) {
    const row = h('div', { class: 'seg', role: 'radiogroup', 'aria-label': label });
    for (const c of choices) {
      row.append(
        h('button', {
          type: 'button', role: 'radio', 'aria-checked': String(c.value === chosen), class: c.value === chosen ? 'on' : '',
          title: c.title, 'data-value': c.value, onclick: () => choose(c.value),
        }, c.label),
      );
    }
    row.addEventListener('keydown', (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      const all = [...row.children];
      const at = all.indexOf(document.activeElement);
      if (!step || at < 0) return;
      all[(at + step + all.length) % all.length].focus();
      e.preventDefault();
    });
    return row;
  }

  /** Keys and values; a value is a text or nodes. */
  function pairs(entries) {
    return h('dl', { class: 'kv' }, entries.map(([key, val]) => [h('dt', { title: key }, key), h('dd', { class: 'mono' }, val)]));
  }

  /** An attribute's value as text. */
  function plain(val) {
    return val !== null && typeof val === 'object' ? JSON.stringify(val) : String(val);
  }

  /** An attribute's value as nodes: web addresses become links. */
  function shown(val) {
    const text = plain(val);
    const web = sx.address.web(text);
    return web ? h('a', { class: 'link', href: web, target: '_blank', rel: 'noopener noreferrer' }, text) : text;
  }

  /** A search field; calls back as one types, a little late. */
  function search(placeholder, text, typed, attributes) {
    const input = h('input', { type: 'search', placeholder, 'aria-label': placeholder, spellcheck: 'false', autocomplete: 'off', ...attributes });
    input.value = text || '';
    input.addEventListener('input', sx.later(200, () => typed(input.value)));
    return h('label', { class: 'inp find' }, sx.icon('search'), input);
  }

  sx.parts = { chip, service, value, sparkline, skeleton, empty, failure, cost, copyButton, shareButton, copy, command, title, segments, pairs, plain, shown, search };
})();
