package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;

/**
 * A query that means nothing. Its message is worded as Tempo words it, without Tempo's {@code
 * invalid TraceQL query} or {@code compiling query} in front.
 */
public abstract sealed class QueryException extends RuntimeException
    permits ParseException, CompileException {
  private final transient Place place;

  QueryException(String message, Place place) {
    super(message);
    this.place = place;
  }

  /** The part of the query that is wrong. */
  public Place place() {
    return place;
  }
}
