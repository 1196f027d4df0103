/** A trace as the API tells it, to be read, copied and saved. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const SPANS = 500;
  const CHARACTERS = 1000000;

  class TraceJson extends HTMLElement {
    show({ trace }) {
      if (this.trace === trace) return;
      this.trace = trace;
      const whole = () => JSON.stringify(trace, null, 2);
      const cut = trace.spans.length > SPANS;
      const text = JSON.stringify(cut ? { ...trace, spans: trace.spans.slice(0, SPANS) } : trace, null, 2);
      const save = h('button', { class: 'btn s', type: 'button', onclick: () => this.save(whole()) }, sx.icon('download'), t('action.download'));
      const curl = parts.copyButton(() => sx.api.curl('/sextant/v1/traces/' + trace.traceId), t('action.curl'));
      sx.put(this, h('div', { class: 'ph' }, h('h2', null, 'JSON'), cut && h('span', { class: 'dim sm' }, t('trace.json.cut', SPANS, sx.format.text(sx.format.count(trace.spans.length)))), h('span', { class: 'sp' }), curl, save, parts.copyButton(whole, t('action.copy'))),
        h('pre', { class: 'json' }, text.length > CHARACTERS ? text.slice(0, CHARACTERS) + '\n…' : text));
    }

    save(text) {
      const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      const link = h('a', { download: 'trace-' + this.trace.traceId + '.json', hidden: true });
      link.href = address;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 10000);
    }
  }

  sx.define('sx-trace-json', TraceJson);
})();
