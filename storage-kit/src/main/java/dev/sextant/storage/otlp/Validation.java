package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What validating a request found.
 *
 * @param rows how many good rows {@code cleaned} holds
 * @param rejected how many rows were left out
 * @param untimely how many of those for their time alone
 * @param problems the first of them, at most {@link #MAX_PROBLEMS}, in the request's order
 * @param cleaned the request with its good rows only, not to be written to; the very bytes that
 *     came in where all are good
 */
public record Validation(
    int rows, int rejected, int untimely, List<RejectedRow> problems, ByteBuffer cleaned) {
  public static final int MAX_PROBLEMS = 100;

  public Validation {
    problems = List.copyOf(problems);
  }

  /** One line for the sender: how many rows were rejected, and the first problems. */
  public String message() {
    if (rejected == 0) {
      return "";
    }
    StringBuilder out = new StringBuilder().append(rejected).append(" rejected");
    String separator = ": ";
    for (RejectedRow problem : problems.subList(0, Math.min(5, problems.size()))) {
      out.append(separator)
          .append("row ")
          .append(problem.index())
          .append(": ")
          .append(problem.reason());
      separator = "; ";
    }
    return out.append(rejected > 5 ? "; …" : "").toString();
  }
}
