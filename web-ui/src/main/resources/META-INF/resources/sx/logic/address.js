/** The page's state in its address. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  sx.address = {
    /** Parameters of a search string, each a list of its values. */
    parse(search) {
      const found = {};
      for (const part of search.replace(/^\?/, '').split('&')) {
        if (!part) continue;
        const at = part.indexOf('=');
        const key = decode(at < 0 ? part : part.slice(0, at));
        (found[key] = found[key] || []).push(at < 0 ? '' : decode(part.slice(at + 1)));
      }
      return found;
    },

    /** A search string; keys in the order given, lists repeated, empty and missing values left out. */
    format(parameters) {
      const parts = [];
      for (const [key, value] of Object.entries(parameters)) {
        for (const one of Array.isArray(value) ? value : [value]) {
          if (one === null || one === undefined || one === '' || one === false) continue;
          parts.push(encode(key) + '=' + encode(String(one)));
        }
      }
      return parts.length ? '?' + parts.join('&') : '';
    },

    /** The trace id in a pasted text, in lower case; null where there is none. */
    traceId(text) {
      const given = text.trim().toLowerCase();
      const context = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(given);
      if (context) return context[1];
      return /^([0-9a-f]{32}|[0-9a-f]{16})$/.test(given) ? given : null;
    },

    /** The address itself where it is a web address, else null: never javascript: or data:. */
    web(text) {
      return /^https?:\/\/[^\s]+$/i.test(String(text)) ? String(text) : null;
    },
  };

  function encode(text) {
    return encodeURIComponent(text).replace(/%20/g, '+').replace(/%2C/gi, ',').replace(/%3A/gi, ':').replace(/%2F/gi, '/');
  }

  function decode(text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, ' '));
    } catch (malformed) {
      return text;
    }
  }
})();
