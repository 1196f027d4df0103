package dev.sextant.benchmarks.traces;

/**
 * A search for traces, and what the generator knows of its answer: how many there are, and the
 * newest of them. {@link #see} for one thread, before anything else.
 */
abstract sealed class TraceQuestion {
  /** How many traces an answer brings. */
  static final int LIMIT = 20;

  private final long[] newest = new long[LIMIT];
  private long matching;

  /** The service without which no trace matches. */
  abstract String service();

  abstract boolean matches(MadeTrace trace);

  abstract String traceQl();

  /** Notes a trace; they come by number. */
  final void see(MadeTrace trace) {
    if (matches(trace)) {
      newest[(int) (matching++ % LIMIT)] = trace.number();
    }
  }

  /** How many traces match. */
  final long matching() {
    return matching;
  }

  /** The number of the oldest trace that an answer may bring. */
  final long oldestShown() {
    return matching <= LIMIT ? 0 : newest[(int) (matching % LIMIT)];
  }

  @Override
  public final String toString() {
    return traceQl();
  }

  /** Traces with a span that passes a test. */
  static final class Search extends TraceQuestion {
    final SpanTest test;

    Search(SpanTest test) {
      this.test = test;
    }

    @Override
    String service() {
      return test.service();
    }

    @Override
    boolean matches(MadeTrace trace) {
      return trace.spans().stream().anyMatch(test::matches);
    }

    @Override
    String traceQl() {
      return test.traceQl();
    }
  }

  /** Traces in which a span that passes one test lies somewhere below one that passes another. */
  static final class Below extends TraceQuestion {
    private final SpanTest ancestor;
    private final SpanTest descendant;

    Below(SpanTest ancestor, SpanTest descendant) {
      this.ancestor = ancestor;
      this.descendant = descendant;
    }

    @Override
    String service() {
      return descendant.service();
    }

    @Override
    boolean matches(MadeTrace trace) {
      for (MadeSpan below : trace.spans()) {
        if (descendant.matches(below)) {
          for (int at = below.parent; at >= 0; at = trace.spans().get(at).parent) {
            if (ancestor.matches(trace.spans().get(at))) {
              return true;
            }
          }
        }
      }
      return false;
    }

    @Override
    String traceQl() {
      return ancestor.traceQl() + " >> " + descendant.traceQl();
    }
  }
}
