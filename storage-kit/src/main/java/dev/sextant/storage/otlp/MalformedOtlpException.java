package dev.sextant.storage.otlp;

/** Bytes that are no well-formed OTLP protobuf message. */
public class MalformedOtlpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;
  private final String reason;

  public MalformedOtlpException(int offset, String reason) {
    super("malformed OTLP protobuf at byte " + offset + ": " + reason);
    this.offset = offset;
    this.reason = reason;
  }

  /** Where, in bytes from the start of the message that was read. */
  public int offset() {
    return offset;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }
}
