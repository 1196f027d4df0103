/** Numbers as a person reads them: value and unit apart, three significant digits. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const NONE = { value: '—', unit: '' };

  /** Three significant digits, trailing zeros kept; whole numbers from 100 on; two decimals below 1, or two digits where fine. */
  function significant(x, fine) {
    const size = Math.abs(x);
    if (fine && size > 0 && size < 0.0995) return x.toPrecision(2);
    if (size >= 99.95) return x.toFixed(0);
    if (size >= 9.995) return x.toFixed(1);
    return x.toFixed(2);
  }

  function isMissing(x) {
    return x === null || x === undefined || Number.isNaN(x);
  }

  function scaled(x, steps, base) {
    let size = Math.abs(x);
    let i = 0;
    while (size >= base * 0.9995 && i < steps.length - 1) {
      size /= base;
      x /= base;
      i++;
    }
    return { value: x, unit: steps[i], step: i };
  }

  const format = (sx.format = {
    significant,

    /** Events per second; fine tells small ones apart, for axes. */
    rate(perSecond, fine) {
      if (isMissing(perSecond)) return NONE;
      const { value, unit } = scaled(perSecond, ['/s', 'k/s', 'M/s'], 1000);
      return { value: significant(value, fine), unit };
    },

    /** A share from 0 to 1 as percent; fine as for rates. */
    share(x, fine) {
      if (isMissing(x)) return NONE;
      return { value: significant(x * 100, fine), unit: '%' };
    },

    /** A length of time in seconds. */
    seconds(x) {
      if (isMissing(x)) return NONE;
      const size = Math.abs(x);
      if (size === 0) return { value: '0', unit: 'ms' };
      if (size < 0.9995e-3) return { value: whole(x * 1e6), unit: 'µs' };
      if (size < 0.9995) return { value: whole(x * 1e3), unit: 'ms' };
      if (size < 59.95) return { value: significant(x), unit: 's' };
      if (size < 3600) return { value: significant(x / 60), unit: 'min' };
      if (size < 86400) return { value: significant(x / 3600), unit: 'h' };
      return { value: significant(x / 86400), unit: 'd' };
    },

    nanos(x) {
      return isMissing(x) ? NONE : format.seconds(x / 1e9);
    },

    /** How many of something. */
    count(x) {
      if (isMissing(x)) return NONE;
      if (Math.abs(x) < 10000) return { value: grouped(Math.round(x)), unit: '' };
      const { value, unit } = scaled(x, ['', 'k', 'M', 'G'], 1000);
      return { value: significant(value), unit };
    },

    bytes(x) {
      if (isMissing(x)) return NONE;
      const { value, unit, step } = scaled(x, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'], 1024);
      return { value: step === 0 ? String(Math.round(value)) : significant(value), unit };
    },

    /** A number of which nothing is known. */
    plain(x) {
      if (isMissing(x)) return NONE;
      const size = Math.abs(x);
      if (size !== 0 && (size < 0.001 || size >= 1e15)) return { value: x.toExponential(2), unit: '' };
      if (Number.isInteger(x) && size < 10000) return { value: grouped(x), unit: '' };
      if (size < 1) return { value: String(Number(x.toPrecision(3))), unit: '' };
      const { value, unit } = scaled(x, ['', 'k', 'M', 'G', 'T'], 1000);
      return { value: significant(value), unit };
    },

    /** The formatter for a unit's name, as metadata and page parts use it. */
    by(unit) {
      return { seconds: format.seconds, bytes: format.bytes, share: format.share, rate: format.rate, count: format.count }[
        unit
      ] || format.plain;
    },

    /** Value and unit in one string. */
    text(parts) {
      return parts.unit ? parts.value + ' ' + parts.unit : parts.value;
    },

    /** Value and unit as short as they can be, for axes and limits. */
    brief(parts) {
      const value = parts.value.includes('.') && !parts.value.includes('e') ? parts.value.replace(/\.?0+$/, '') : parts.value;
      return format.text({ value, unit: parts.unit });
    },

    /** The unit that a PromQL expression's result most likely has. */
    unitOf(expression) {
      if (/_seconds|latency|duration/.test(expression) && !/_count\b|seconds_total/.test(expression)) return 'seconds';
      if (/_bytes/.test(expression) && !/rate\s*\(|increase\s*\(/.test(expression)) return 'bytes';
      if (/^\s*(sum|avg|max|min)?[^/]*\b(rate|irate)\s*\(/.test(expression) && !expression.includes('/')) return 'rate';
      return 'plain';
    },
  });

  function whole(x) {
    return Math.abs(x) < 9.95 ? x.toFixed(1).replace('.0', '') : x.toFixed(0);
  }

  function grouped(x) {
    return String(x).replace(/\B(?=(\d{3})+$)/g, ',');
  }
})();
