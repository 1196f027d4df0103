/** Ranges of time, their ticks and how they are written. All times are milliseconds since the epoch. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const UNITS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
  const STEPS = [
    SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
    MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
    HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
    DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY,
  ];
  const MIN_RANGE = SECOND;
  const MAX_RANGE = 366 * DAY;

  const two = (n) => String(n).padStart(2, '0');

  const time = (sx.time = {
    MINUTE,
    HOUR,
    DAY,

    /** 'local' for the browser's zone, 'utc'. */
    zone: 'local',

    /** Milliseconds of a text such as 90s, 15m, 1h, 7d; NaN where it is none. */
    duration(text) {
      const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/.exec(String(text).trim());
      if (!match) return NaN;
      return match[2] === 'ms' ? Number(match[1]) : Number(match[1]) * UNITS[match[2]];
    },

    /** One end of a range: now, now-15m, a number of milliseconds, or a date; NaN where it is none. */
    instant(text, now) {
      const given = String(text).trim();
      if (given === 'now') return now;
      const relative = /^now-(.+)$/.exec(given);
      if (relative) return now - time.duration(relative[1]);
      if (/^\d{11,}$/.test(given)) return Number(given);
      return time.parse(given);
    },

    /** A date and time as people write them, in the zone set; NaN where it is none. */
    parse(text) {
      const m = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?(Z)?$/.exec(text.trim());
      if (!m) return NaN;
      const parts = [m[1], m[2] - 1, m[3], m[4] || 0, m[5] || 0, m[6] || 0].map(Number);
      if (parts[1] > 11 || parts[2] > 31 || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return NaN;
      return m[7] || time.zone === 'utc' ? Date.UTC(...parts) : new Date(...parts).getTime();
    },

    /** The range a page's parameters name; one hour where they name none or nonsense. */
    range(fromText, toText, now) {
      let from = fromText ? time.instant(fromText, now) : NaN;
      let to = toText ? time.instant(toText, now) : now;
      if (!(to >= 0)) to = now;
      if (!(from < to)) return { from: now - HOUR, to: now, relative: '1h' };
      if (to - from < MIN_RANGE) from = to - MIN_RANGE;
      if (to - from > MAX_RANGE) from = to - MAX_RANGE;
      const relative = /^now-(.+)$/.exec(fromText);
      return { from, to, relative: relative && (!toText || toText === 'now') ? relative[1] : null };
    },

    /** The same length, half of it earlier (-1) or later (1), never past now. */
    shift(range, direction, now) {
      const half = (range.to - range.from) / 2;
      const to = Math.min(range.to + direction * half, now);
      return { from: Math.round(to - (range.to - range.from)), to: Math.round(to) };
    },

    /** Twice the length around the same middle, never past now. */
    zoomOut(range, now) {
      const length = Math.min((range.to - range.from) * 2, MAX_RANGE);
      const to = Math.min((range.from + range.to) / 2 + length / 2, now);
      return { from: Math.round(to - length), to: Math.round(to) };
    },

    /** At most count instants within the range that lie on round minutes, hours or days of the zone. */
    ticks(from, to, count) {
      const least = (to - from) / Math.max(1, count);
      const step = STEPS.find((s) => s >= least) || Math.ceil(least / (28 * DAY)) * 28 * DAY;
      const offset = time.offset(from);
      const ticks = [];
      for (let t = Math.ceil((from + offset) / step) * step - offset; t <= to; t += step) ticks.push(t);
      return ticks;
    },

    /** What to add to an instant to read its wall clock as UTC. */
    offset(at) {
      return time.zone === 'utc' ? 0 : -new Date(at).getTimezoneOffset() * MINUTE;
    },

    /** Fields of the wall clock. */
    fields(at) {
      const d = new Date(at + time.offset(at));
      return {
        year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(),
        hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds(), milli: d.getUTCMilliseconds(),
      };
    },

    /** 14:32, or with its day where the range is longer than a day. */
    tick(at, rangeLength) {
      const f = time.fields(at);
      if (rangeLength > 3 * DAY) return two(f.month) + '-' + two(f.day);
      if (rangeLength > DAY) return two(f.month) + '-' + two(f.day) + ' ' + two(f.hour) + ':' + two(f.minute);
      const short = two(f.hour) + ':' + two(f.minute);
      return rangeLength < 5 * MINUTE ? short + ':' + two(f.second) : short;
    },

    /** 14:32:10 */
    clock(at) {
      const f = time.fields(at);
      return two(f.hour) + ':' + two(f.minute) + ':' + two(f.second);
    },

    /** 14:32:10.123 */
    exact(at) {
      return time.clock(at) + '.' + String(time.fields(at).milli).padStart(3, '0');
    },

    /** 2025-11-20 */
    date(at) {
      const f = time.fields(at);
      return f.year + '-' + two(f.month) + '-' + two(f.day);
    },

    /** 2025-11-20 14:32:10 */
    full(at) {
      return time.date(at) + ' ' + time.clock(at);
    },

    /** Milliseconds of a decimal string of nanoseconds. */
    ofNanos(text) {
      return Number(BigInt(text) / 1000000n);
    },

    /** A length as the largest whole unit: 34 min, 2 h, 6 d. */
    length(millis) {
      if (millis < MINUTE) return Math.max(0, Math.round(millis / SECOND)) + ' s';
      if (millis < 2 * HOUR) return Math.round(millis / MINUTE) + ' min';
      if (millis < 2 * DAY) return Math.round(millis / HOUR) + ' h';
      return Math.round(millis / DAY) + ' d';
    },
  });
})();
