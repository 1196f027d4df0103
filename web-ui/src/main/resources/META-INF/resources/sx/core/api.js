/** Sextant's and Prometheus' APIs on the dashboard's own origin. */
(function () {
  'use strict';
  const sx = globalThis.sx;

  /** An answer that was no success: status 0 where there was no answer. */
  class ApiError extends Error {
    constructor(status, message) {
      super(message);
      this.status = status;
    }
  }

  async function fetchJson(address, signal) {
    let response;
    try {
      response = await fetch(address, { signal, headers: { Accept: 'application/json' }, credentials: 'same-origin' });
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      throw new ApiError(0, sx.t('error.unreachable'));
    }
    const body = response.ok ? await response.json().catch(() => null) : problem(await response.text().catch(() => ''), response);
    if (response.ok && body !== null) return body;
    if (response.status === 401) location.assign('/login?then=' + encodeURIComponent(location.pathname + location.search));
    throw new ApiError(response.status, messageOf(body) || sx.t('error.status', response.status));
  }

  /** What an error says: JSON, or as Tempo's and Zipkin's APIs do a line of plain text. */
  function problem(text, response) {
    if (/^text\/plain/.test(response.headers.get('content-type') || '')) return { error: text.slice(0, 2000) };
    try {
      return JSON.parse(text);
    } catch (other) {
      return null;
    }
  }

  function messageOf(body) {
    if (!body || !body.error) return '';
    return typeof body.error === 'string' ? body.error : body.error.message || '';
  }

  let hues = null;

  /** Each service's hue by its name, asked at most once a minute. */
  sx.hues = function () {
    if (!hues) {
      hues = fetchJson('/sextant/v1/services').then((found) => new Map(found.services.map((s) => [s.name, s.hue]))).catch(() => new Map());
      setTimeout(() => (hues = null), 60000);
    }
    return hues;
  };

  sx.ApiError = ApiError;
  sx.api = {
    /** GET below /sextant/v1/. */
    get(path, parameters, signal) {
      return fetchJson('/sextant/v1/' + path + sx.address.format(parameters || {}), signal);
    },

    /** GET below /prometheus/api/v1/; the answer's data and warnings. */
    async prometheus(path, parameters, signal) {
      const body = await fetchJson('/prometheus/api/v1/' + path + sx.address.format(parameters || {}), signal);
      return { data: body.data, warnings: body.warnings || [], infos: body.infos || [] };
    },

    /** GET below /tempo/api/. */
    tempo(path, parameters, signal) {
      return fetchJson('/tempo/api/' + path + sx.address.format(parameters || {}), signal);
    },

    /** A range as the APIs take it. */
    between(range) {
      return { from: Math.round(range.from), to: Math.round(range.to) };
    },

    /** The same request as a line for a shell. */
    curl(path, parameters) {
      const address = location.origin + path + sx.address.format(parameters || {});
      return "curl -sS '" + address.replace(/'/g, '%27') + "'";
    },
  };
})();
