package dev.sextant.traceql;

/** Asked often while a query runs, from the thread that runs it. */
@FunctionalInterface
public interface Cancellation {
  /** Never. */
  Cancellation NONE = () -> false;

  boolean isCanceled();
}
