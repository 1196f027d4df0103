package dev.sextant.api.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the requests to an operation waited for, and how long their calls were on the network. Of
 * some requests only, unless {@code all}.
 *
 * @param requests that were looked at, in {@code traces} traces
 * @param all whether these are all that the range has
 * @param skipped traces that were found and not looked at, because they are too large
 * @param totalNanos of the requests, which is the sum of the parts
 * @param parts most time first
 * @param other of further parts together, 0 where there are none
 * @param callers the network before the operation; null where no caller's span was there
 * @param callees the network behind it by called service, most time first
 * @param spansRead and {@code blocks}, {@code bytes}: what it took; {@code complete} is false where
 *     something was damaged and is missing
 */
public record OperationTime(
    long requests,
    int traces,
    boolean all,
    int skipped,
    long totalNanos,
    List<Part> parts,
    long other,
    @Nullable Network callers,
    List<Network> callees,
    long spansRead,
    long blocks,
    long bytes,
    boolean complete) {
  public OperationTime {
    parts = List.copyOf(parts);
    callees = List.copyOf(callees);
  }

  /** Where time goes. */
  public enum Kind {
    /** The operation's own span, none of its children. */
    OWN,
    /** A span below it, none of its children. */
    SPAN,
    /** A caller's span while its call was not being served: on the way, or waiting. */
    NETWORK
  }

  /**
   * A part of the critical path.
   *
   * @param service whose span it is; of {@link Kind#NETWORK} the called one
   * @param name of the span; of a client's that names only its method, with its host
   * @param span the span's name as it is
   */
  public record Target(Kind kind, String service, String name, String span) {}

  /**
   * How much of the critical path a part takes.
   *
   * @param requests of which it is part
   */
  public record Part(Target target, long nanos, long requests) {}

  /**
   * Calls' time on the network: the client's duration less the server's.
   *
   * @param service that was called
   * @param calls of which both sides are there and the server's lasted no longer
   * @param p95Nanos off by 3 % at most
   */
  public record Network(
      String service, long calls, long totalNanos, long p95Nanos, long longestNanos) {}
}
