package dev.sextant.promql.histogram;

/**
 * The sum of two sides bucket by bucket, and what rounding lost in each bucket.
 *
 * @param lost has the same indexes as {@code sums}
 */
record CompensatedBuckets(Buckets sums, Buckets lost) {
  /**
   * @param lost what earlier additions to {@code a} lost, at the same indexes
   */
  static CompensatedBuckets add(Buckets a, Buckets lost, Buckets b) {
    int[] ids = new int[a.size() + b.size()];
    double[] sums = new double[ids.length];
    double[] rest = new double[ids.length];
    int i = 0;
    int j = 0;
    int n = 0;
    while (i < a.size() || j < b.size()) {
      int left = i < a.size() ? a.index()[i] : Integer.MAX_VALUE;
      int right = j < b.size() ? b.index()[j] : Integer.MAX_VALUE;
      double before = left <= right ? a.count()[i] : 0;
      double compensation = left <= right ? lost.count()[i++] : 0;
      double value = right <= left ? b.count()[j++] : 0;
      ids[n] = Math.min(left, right);
      rest[n] = lost(before, value, compensation);
      sums[n++] = before + value;
    }
    return new CompensatedBuckets(new Buckets(ids, sums, n), new Buckets(ids, rest, n));
  }

  /** What is lost after {@code value} was added to {@code sum}; 0 once that is infinite. */
  static double lost(double sum, double value, double before) {
    double total = sum + value;
    if (Double.isInfinite(total)) {
      return 0;
    }
    return before
        + (Math.abs(sum) >= Math.abs(value) ? (sum - total) + value : (value - total) + sum);
  }
}
