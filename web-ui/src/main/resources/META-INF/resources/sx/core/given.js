/** What the server put into the page's head: the language, its texts, where the chart library is. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const element = document.getElementById('sx-given');
  const given = element ? JSON.parse(element.textContent) : { language: 'en', texts: {}, charts: '', worker: '' };

  sx.language = given.language;
  sx.chartsAddress = given.charts;
  sx.workerAddress = given.worker;

  /** A text by its key, {0} and so on replaced. */
  sx.t = function (key, ...values) {
    const text = given.texts[key];
    if (text === undefined) return '!' + key + '!';
    return text.replace(/\{(\d)\}/g, (all, i) => (values[i] === undefined ? '' : String(values[i])));
  };

  /** A text for a count: key.one where there is one of them, else key.many. */
  sx.tn = function (key, count, ...values) {
    return sx.t(key + (count === 1 ? '.one' : '.many'), sx.format.text(sx.format.count(count)), ...values);
  };

  sx.time.zone = given.zone === 'utc' ? 'utc' : 'local';
})();
