package dev.sextant.benchmarks.ingest;

/** Requests of one kind, as senders in the field make them. Thread-safe. */
interface Traffic {
  /** The path that takes them. */
  String path();

  /** {@code Content-Encoding} of the body, or {@code identity}. */
  default String encoding() {
    return "identity";
  }

  /** {@code Content-Type} of the body. */
  default String type() {
    return "application/x-protobuf";
  }

  /** Spans, samples or lines of each request. */
  int rows();

  /** The body of the request with this number; times go forward with it. */
  byte[] request(long number);
}
