package dev.sextant.benchmarks.traces;

import java.util.SplittableRandom;

/**
 * Makes the trace of any number, the same each time: all that is random in it comes from its
 * number. Traces have 1 to 200 spans and ten in the mean (log-normal, cut at both ends); half of
 * them have six or fewer. For one thread.
 */
final class TraceMaker {
  private static final int LONGEST = 200;
  private static final double SPREAD = 1.1;

  /** Makes the mean ten after rounding and cutting. */
  private static final double MEDIAN = 5.48;

  private static final long SEED = 0x5e47a17;

  private final Landscape landscape;
  private final Day day;
  private final Speech speech = new Speech();

  TraceMaker(Landscape landscape, Day day) {
    this.landscape = landscape;
    this.day = day;
  }

  MadeTrace make(long number) {
    SplittableRandom random = new SplittableRandom(Ids.mix(number ^ SEED));
    long size = Math.round(MEDIAN * Math.exp(SPREAD * random.nextGaussian()));
    long start = day.startNanos(number, random.nextDouble());
    Tree tree = new Tree(landscape, random, (int) Math.clamp(size, 1, LONGEST));
    MadeTrace trace = new MadeTrace(number, tree.grow());
    new Times(random, day).set(trace.spans(), start);
    place(trace, random);
    for (MadeSpan span : trace.spans()) {
      speech.describe(trace, span, random);
    }
    return trace;
  }

  /** Which instance does what: the parent's, within a service. */
  private void place(MadeTrace trace, SplittableRandom random) {
    for (MadeSpan span : trace.spans()) {
      MadeSpan parent = span.parent < 0 ? null : trace.spans().get(span.parent);
      span.instance =
          parent != null && parent.service == span.service && !span.isServing()
              ? parent.instance
              : Instances.pick(span.service, day.part(span.startNanos), random.nextLong());
    }
  }
}
