/** PromQL as the query box shows it: coloured parts, and the place an error points at. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const KEYWORDS = new Set(
    ('sum avg min max count group stddev stdvar topk bottomk quantile count_values limitk limit_ratio by without on ignoring ' +
      'group_left group_right bool offset and or unless atan2 start end inf nan').split(' '),
  );
  const TOKEN =
    /(#[^\n]*)|("(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:ms|[smhdwy])?(?:\d+(?:ms|[smhdwy]))*)|([A-Za-z_:$][\w:.]*)|(\s+)|(.)/gy;

  /** Parts of the text in order: {text, kind}, kind one of comment, str, num, kw, fn, id, op, space. */
  function parts(text) {
    const found = [];
    TOKEN.lastIndex = 0;
    for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
      let kind = m[1] ? 'comment' : m[2] ? 'str' : m[3] ? 'num' : m[5] ? 'space' : m[6] ? 'op' : 'id';
      if (kind === 'id') {
        const next = /^\s*(\(|$)/.exec(text.slice(TOKEN.lastIndex));
        if (KEYWORDS.has(m[0].toLowerCase())) kind = 'kw';
        else if (next && next[1] === '(') kind = 'fn';
      }
      found.push({ text: m[0], kind });
    }
    return found;
  }

  /** Where a message says the error is: {line, column, offset} from 1 and 0; null where it does not say. */
  function errorPlace(text, message) {
    const at = /\b(\d+):(\d+): parse error/.exec(message) || /line (\d+),? column (\d+)/i.exec(message);
    if (!at) {
      const alone = /\b(?:column|position|char(?:acter)?) (\d+)/i.exec(message);
      if (!alone) return null;
      return { line: 1, column: Number(alone[1]), offset: Math.max(0, Math.min(Number(alone[1]) - 1, text.length)) };
    }
    const line = Number(at[1]);
    const column = Number(at[2]);
    const lines = text.split('\n');
    const before = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
    const within = characters(lines[line - 1] || '', column - 1);
    return { line, column: within + 1, offset: Math.max(0, Math.min(before + within, text.length)) };
  }

  /** How many characters so many bytes of UTF-8 are: Prometheus counts in those. */
  function characters(line, bytes) {
    let rest = bytes;
    let count = 0;
    for (const c of line) {
      if (rest <= 0) break;
      const point = c.codePointAt(0);
      rest -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      count += c.length;
    }
    return count + Math.max(0, rest);
  }

  /** The message without the envelope a Prometheus API puts around it. */
  function errorText(message) {
    return message.replace(/^invalid parameter "\w+":\s*/, '').replace(/^\d+:\d+:\s*/, '').replace(/^parse error:\s*/, '');
  }

  /** The parts, as a language cuts them, with those from an offset to the end of its word marked bad. */
  function marked(text, offset, cut = parts) {
    const list = [];
    let at = 0;
    let done = false;
    for (const part of cut(text)) {
      const end = at + part.text.length;
      const hit = !done && offset < end && part.kind !== 'space' && end > offset;
      list.push(hit ? { ...part, bad: true } : part);
      done = done || hit;
      at = end;
    }
    if (!done) list.push({ text: ' ', kind: 'space', bad: true });
    return list;
  }

  sx.query = { parts, errorPlace, errorText, marked };
})();
