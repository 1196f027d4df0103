package dev.sextant.collector.otlp;

import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.NestingException;

/** What is said of a request that cannot be read. */
public final class Unreadable {
  private Unreadable() {}

  /** Where it nests too deeply, with the setting that lets it. */
  public static Outcome outcome(MalformedOtlpException e) {
    String lift =
        e instanceof NestingException
            ? "; flatten the values of attributes, or raise ingest.limits.otlp-nesting"
            : "";
    return new Outcome.Invalid("the body is not a valid OTLP message: " + e.getMessage() + lift);
  }
}
