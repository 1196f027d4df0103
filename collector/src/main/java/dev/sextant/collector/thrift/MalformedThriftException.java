package dev.sextant.collector.thrift;

/** Bytes that do not follow the thrift protocol they are read by, or nest too deep. */
public final class MalformedThriftException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;
  private final String reason;

  public MalformedThriftException(int offset, String reason) {
    super("malformed thrift at byte " + offset + ": " + reason);
    this.offset = offset;
    this.reason = reason;
  }

  /** Where, in bytes from the start of what was read. */
  public int offset() {
    return offset;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }
}
