package dev.sextant.traceql;

/** A query has no answer, though its text is one. */
public abstract sealed class TraceQlException extends RuntimeException {
  private TraceQlException(String message) {
    super(message);
  }

  /** A parameter is wrong, or the query is of another sort than was asked for. */
  public static final class BadData extends TraceQlException {
    public BadData(String message) {
      super(message);
    }
  }

  /** The query fails on this data or uses what is not supported. */
  public static final class Execution extends TraceQlException {
    public Execution(String message) {
      super(message);
    }
  }

  /** The query needs more than a limit allows; the message names the setting that raises it. */
  public static final class LimitExceeded extends TraceQlException {
    public LimitExceeded(String message) {
      super(message);
    }
  }

  /** The query took longer than {@code query.timeout}. */
  public static final class Timeout extends TraceQlException {
    public Timeout(String message) {
      super(message);
    }
  }

  /** Whoever asked does not want the answer any more. */
  public static final class Canceled extends TraceQlException {
    public Canceled(String message) {
      super(message);
    }
  }
}
