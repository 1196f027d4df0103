/**
 * What may be completed at a caret in PromQL. Nothing here knows the page or the server: at() says what is wanted,
 * offer() ranks what is known, take() writes a choice into the text.
 */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const MOST = 50;

  /** Tokens up to the caret with their places, without blanks and comments. */
  function tokens(text) {
    const found = [];
    let at = 0;
    for (const part of sx.query.parts(text)) {
      const end = at + part.text.length;
      if (part.kind !== 'space') found.push({ ...part, start: at, end });
      at = end;
    }
    return found;
  }

  function isOpenString(token) {
    const quote = token.text[0];
    return token.text.length < 2 || token.text[token.text.length - 1] !== quote || /(^|[^\\])(\\\\)*\\$/.test(token.text.slice(0, -1));
  }

  /** The brackets that are open at the end, innermost last: {sign, before, from} with before the token in front. */
  function open(list) {
    const stack = [];
    list.forEach((token, i) => {
      if (token.kind !== 'op') return;
      if ('([{'.includes(token.text)) stack.push({ sign: token.text, before: list[i - 1], from: i + 1 });
      else if (')]}'.includes(token.text)) stack.pop();
    });
    return stack;
  }

  /** Matchers that are whole between two tokens, as text. */
  function matchers(list) {
    const found = [];
    for (let i = 0; i + 2 < list.length; i++) {
      const sign = operator(list, i + 1);
      const value = list[i + 1 + sign.length];
      if (list[i].kind !== 'op' && sign.length && value && value.kind === 'str' && !isOpenString(value)) {
        found.push(list[i].text + sign.map((t) => t.text).join('') + value.text);
      }
    }
    return found;
  }

  /** The tokens of an operator on a label, from an index; none where there is none. */
  function operator(list, i) {
    const first = list[i] && list[i].text;
    const second = list[i + 1] && list[i + 1].text;
    if (first === '=' && second === '~') return list.slice(i, i + 2);
    if (first === '!' && (second === '~' || second === '=')) return list.slice(i, i + 2);
    return first === '=' ? list.slice(i, i + 1) : [];
  }

  /** A selector that finds the series around: a name and matchers; empty where neither is known. */
  function selector(name, list) {
    const rest = list.length ? '{' + list.join(',') + '}' : '';
    return name || rest ? name + rest : '';
  }

  /** The name of the metric that a grouping is about: the next one in the text, else the last before. */
  function nearMetric(text, caret) {
    const all = tokens(text);
    const stack = [];
    let before = '';
    for (let i = 0; i < all.length; i++) {
      const token = all[i];
      if (token.kind === 'op' && '([{'.includes(token.text)) {
        const word = all[i - 1];
        stack.push(token.text !== '(' || Boolean(word && sx.promql.grouping.has(word.text.toLowerCase())));
      } else if (token.kind === 'op' && ')]}'.includes(token.text)) stack.pop();
      else if (token.kind === 'id' && !stack.some(Boolean)) {
        if (token.start >= caret) return token.text;
        before = token.text;
      }
    }
    return before;
  }

  /**
   * What is wanted at a caret: {kind, word, from, to} and more by kind, null where nothing can be offered. Kinds:
   * expression (a metric, function or aggregation), joining (an operator's word), grouping (a label's name in a list),
   * label (its name in a selector), value (of a label), duration.
   */
  function at(text, caret) {
    const list = tokens(text.slice(0, caret));
    const last = list[list.length - 1];
    if (last && last.kind === 'comment') return null;
    const brackets = open(list);
    const inner = brackets[brackets.length - 1];
    const touching = last && last.end === caret;
    if (inner && inner.sign === '{') return inSelector(text, caret, list, inner, touching);
    if (last && last.kind === 'str' && isOpenString(last)) return null;
    const word = touching && /^[A-Za-z_:]/.test(last.text) ? last.text : '';
    const place = { word, from: caret - word.length, to: caret };
    if (inner && inner.sign === '[') {
      const number = touching && last.kind === 'num' ? last.text : '';
      if (list.length > inner.from + (number || word ? 1 : 0)) return null;
      return { ...place, word: number || word, from: caret - (number || word).length, kind: 'duration' };
    }
    if (inner && inner.before && sx.promql.grouping.has(inner.before.text.toLowerCase())) {
      return { ...place, kind: 'grouping', selector: nearMetric(text, caret), taken: list.slice(inner.from).map((t) => t.text).filter((t) => t !== word) };
    }
    if (touching && !word && (last.kind === 'num' || last.kind === 'str')) return null;
    const prior = list[list.length - (word ? 2 : 1)];
    return { ...place, kind: follows(prior) ? 'joining' : 'expression', aggregation: Boolean(prior && sx.promql.aggregations.has(prior.text.toLowerCase())) };
  }

  /** Whether a token ends an operand, so that an operator comes next. */
  function follows(token) {
    if (!token) return false;
    if (token.kind === 'op') return ')]}'.includes(token.text);
    if (token.kind === 'kw') return sx.promql.aggregations.has(token.text.toLowerCase()) || /^(inf|nan)$/i.test(token.text);
    return token.kind === 'id' || token.kind === 'num' || token.kind === 'str';
  }

  function inSelector(text, caret, list, inner, touching) {
    const name = inner.before && (inner.before.kind === 'id' || inner.before.kind === 'fn') ? inner.before.text : '';
    const inside = list.slice(inner.from);
    const comma = inside.map((t) => t.text).lastIndexOf(',');
    const current = inside.slice(comma + 1);
    const others = matchers(inside.slice(0, Math.max(comma, 0)));
    const last = current[current.length - 1];
    const sign = operator(current, 1);
    if (current.length <= 1 && (!last || (touching && last.kind !== 'str'))) {
      const word = last ? last.text : '';
      return { kind: 'label', word, from: caret - word.length, to: caret, selector: selector(name, others), taken: inside.filter((t, i) => operator(inside, i + 1).length).map((t) => t.text) };
    }
    const value = current[1 + sign.length];
    if (!sign.length || current.length > 2 + sign.length || (value && !(value.kind === 'str' && isOpenString(value)))) return null;
    const word = value ? value.text.slice(1) : '';
    const rest = value ? /^[^"'`,{}\n]*/.exec(text.slice(caret))[0].length : 0;
    return { kind: 'value', label: current[0].text, word, from: caret - word.length, to: caret + (text[caret + rest] === (value && value.text[0]) ? rest : 0), quote: value ? value.text[0] : '', selector: selector(name, others) };
  }

  function rank(name, word) {
    const low = name.toLowerCase();
    if (low.startsWith(word)) return 0;
    const i = low.indexOf(word);
    if (i < 0) return -1;
    if (/[_:.\-/ ]/.test(low[i - 1])) return 1;
    return word.length > 2 ? 2 : -1;
  }

  /** Those of [{text, …}] that hold the word, best first: as a beginning, at a word's beginning, from three letters on within. */
  function offer(candidates, word) {
    const low = word.toLowerCase();
    return candidates
      .map((c) => ({ c, rank: rank(c.text, low) }))
      .filter((r) => r.rank >= 0 && r.c.text !== word)
      .sort((a, b) => a.rank - b.rank || (a.c.weight || 0) - (b.c.weight || 0) || (a.c.text < b.c.text ? -1 : a.c.text > b.c.text ? 1 : 0))
      .slice(0, MOST)
      .map((r) => r.c);
  }

  function quoted(value, quote) {
    return value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').split(quote).join('\\' + quote);
  }

  const PLAIN = /^[A-Za-z_]\w*$/;

  /** A choice written into the text: {text, caret, more}; more where there is something to complete right after. */
  function take(text, place, choice) {
    let before = choice.text;
    let after = '';
    const rest = text.slice(place.to);
    if (choice.kind === 'function' && !/^\s*\(/.test(rest)) {
      before += '(';
      after = ')';
    } else if (place.kind === 'label') {
      before = PLAIN.test(choice.text) ? choice.text : '"' + quoted(choice.text, '"') + '"';
      if (!/^\s*[=!]/.test(rest)) {
        before += '="';
        after = '"';
      }
    } else if (place.kind === 'grouping' && !PLAIN.test(choice.text)) {
      before = '"' + quoted(choice.text, '"') + '"';
    } else if (place.kind === 'value') {
      const quote = place.quote || '"';
      before = (place.quote ? '' : quote) + (quote === '`' ? choice.text : quoted(choice.text, quote));
      if (rest[0] === quote) return { text: text.slice(0, place.from) + before + rest, caret: place.from + before.length + 1, more: false };
      before += quote;
    } else if (choice.kind === 'metric' && !/^[A-Za-z_:][\w:]*$/.test(choice.text)) {
      before = '{"' + quoted(choice.text, '"') + '"';
      after = '}';
    } else if (choice.kind === 'keyword' && sx.promql.grouping.has(choice.text)) {
      before += ' (';
      after = ')';
    }
    return { text: text.slice(0, place.from) + before + after + rest, caret: place.from + before.length, more: after !== '' };
  }

  /** The metadata that speaks of a series' name: its own, or that of the family it belongs to. */
  function about(metadata, name) {
    for (const family of [name, name.replace(/_(bucket|count|sum|total|created|info)$/, '')]) {
      if (metadata[family] && metadata[family].length) return metadata[family][0];
    }
    return null;
  }

  sx.complete = { at, offer, take, about };
})();
