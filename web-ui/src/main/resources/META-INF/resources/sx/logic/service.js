/** A service's monogram. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** Two capital letters: the first of the first two words, else the first two letters. */
  sx.monogram = function (name) {
    const words = String(name).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.length === 0) return '?';
    const letters = words.length > 1 ? first(words[0]) + first(words[1]) : [...words[0]].slice(0, 2).join('');
    return letters.toUpperCase();
  };

  /** The slot of a hue, 1 to 16; 0 where there is none. */
  sx.hue = function (hue) {
    return Number.isInteger(hue) && hue > 0 ? ((hue - 1) % 16) + 1 : 0;
  };

  function first(word) {
    return [...word][0];
  }
})();
