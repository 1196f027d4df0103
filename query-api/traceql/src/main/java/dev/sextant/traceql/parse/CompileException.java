package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;

/**
 * A query whose words stand in order but whose types do not fit, or that asks for what is not
 * supported.
 */
public final class CompileException extends QueryException {
  CompileException(String message, Place place) {
    super(message, place);
  }
}
