/** PromQL's words: functions and aggregations with their signatures, keywords, durations. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const v = 'vector';
  const m = 'range';

  /** Signatures by what they have in common: {arguments: names}. */
  const SHAPES = {
    [`(${v})`]:
      'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad scalar sgn sin sinh sort sort_desc sqrt start_timestamp tan tanh timestamp',
    [`(${m})`]:
      'absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate last_over_time mad_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time',
    [`(${v}?)`]: 'day_of_month day_of_week day_of_year days_in_month hour minute month year',
    '()': 'end pi range start step time',
    [`(${v}, min, max)`]: 'clamp',
    [`(${v}, max)`]: 'clamp_max',
    [`(${v}, min)`]: 'clamp_min',
    [`(${m}, smoothing, trend)`]: 'double_exponential_smoothing',
    [`(lower, upper, ${v})`]: 'histogram_fraction',
    [`(quantile, ${v})`]: 'histogram_quantile',
    [`(${v}, label, quantile, quantile…)`]: 'histogram_quantiles',
    [`(${v}, {labels}?)`]: 'info',
    [`(${v}, label, separator, source…)`]: 'label_join',
    [`(${v}, label, replacement, source, regex)`]: 'label_replace',
    '(a, b)': 'max_of min_of',
    [`(${m}, seconds)`]: 'predict_linear',
    [`(quantile, ${m})`]: 'quantile_over_time',
    [`(${v}, nearest?)`]: 'round',
    [`(${v}, label…)`]: 'sort_by_label sort_by_label_desc',
    '(scalar)': 'vector',
  };

  const AGGREGATIONS = {
    [`(${v})`]: 'avg count group max min stddev stdvar sum',
    [`(k, ${v})`]: 'bottomk limitk topk',
    [`(ratio, ${v})`]: 'limit_ratio',
    [`(quantile, ${v})`]: 'quantile',
    [`(label, ${v})`]: 'count_values',
  };

  function byName(shapes) {
    const found = new Map();
    for (const [shape, names] of Object.entries(shapes)) names.split(' ').forEach((name) => found.set(name, name + shape));
    return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  sx.promql = {
    /** Signatures of functions by name, as in rate(range); ? may be left out, … may be repeated. */
    functions: byName(SHAPES),
    aggregations: byName(AGGREGATIONS),
    /** Those that most expressions are made of. */
    common: new Set('rate increase histogram_quantile label_replace irate max_over_time avg_over_time sum avg max min count topk'.split(' ')),
    /** Words that may follow a whole operand. */
    joining: ['and', 'or', 'unless', 'atan2', 'offset', 'bool', 'on', 'ignoring', 'group_left', 'group_right'],
    /** Words after which labels stand in parentheses. */
    grouping: new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']),
    durations: ['1m', '5m', '10m', '15m', '30m', '1h', '6h', '1d', '7d'],
  };
})();
