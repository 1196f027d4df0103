package dev.sextant.benchmarks.traces;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** An HTTP API that answers questions about traces: how it is asked, and how its answers read. */
interface Door {
  HttpRequest byId(long trace);

  /** The ids of all spans in the answer. */
  Set<String> spans(byte[] answer) throws IOException;

  /** Whether it takes a question. */
  boolean takes(TraceQuestion question);

  HttpRequest search(TraceQuestion question);

  Found found(byte[] answer) throws IOException;

  /** Whether it counts spans by service. */
  boolean takesRate();

  HttpRequest rate();

  /** Spans by service, summed over the whole time. */
  Map<String, Double> spansByService(byte[] answer) throws IOException;

  /**
   * What a search brought.
   *
   * @param traces the first 64 bits of their ids
   * @param total of all that match, where the answer says it
   * @param newestFirst whether those must be the newest by their starts
   */
  record Found(List<Long> traces, OptionalLong total, boolean newestFirst) {}
}
