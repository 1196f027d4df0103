package dev.sextant.storage.otlp;

/** Messages that nest deeper than their reader goes. */
public final class NestingException extends MalformedOtlpException {
  private static final long serialVersionUID = 1;

  NestingException(int offset, int maxDepth) {
    super(offset, "messages nest deeper than " + maxDepth);
  }
}
