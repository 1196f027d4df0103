package dev.sextant.promql;

/** A query has no answer. The kinds are those of Prometheus' HTTP API. */
public abstract sealed class PromException extends RuntimeException {
  private PromException(String message) {
    super(message);
  }

  private PromException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The kind as the HTTP API names it. */
  public abstract String errorType();

  /** The query or a parameter is wrong, whatever the data. */
  public static final class BadData extends PromException {
    public BadData(String message) {
      super(message);
    }

    public BadData(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String errorType() {
      return "bad_data";
    }
  }

  /**
   * The query fails on this data, needs more than a limit allows, or uses what is not supported.
   */
  public static final class Execution extends PromException {
    public Execution(String message) {
      super(message);
    }

    public Execution(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public String errorType() {
      return "execution";
    }
  }

  /** The query took longer than its limit. */
  public static final class Timeout extends PromException {
    public Timeout(String message) {
      super(message);
    }

    @Override
    public String errorType() {
      return "timeout";
    }
  }

  /** Whoever asked does not want the answer any more. */
  public static final class Canceled extends PromException {
    public Canceled(String message) {
      super(message);
    }

    @Override
    public String errorType() {
      return "canceled";
    }
  }
}
