package dev.sextant.server.crash;

/** What the clients of one signal send. */
interface Content {
  /** The path that takes it. */
  String path();

  /** Rows of a batch. */
  int rows();

  /** An OTLP export request; the same bytes each time. */
  byte[] body(Batch batch);
}
