package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Place;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first thing wrong with a query's meaning. It is told only when all words are known to stand
 * in order, so that an error of syntax goes before one of types.
 */
final class Faults {
  private @Nullable CompileException first;

  void report(Place place, String message) {
    report(place, () -> message);
  }

  /**
   * @param message asked for only where it is the first
   */
  void report(Place place, Supplier<String> message) {
    if (first == null) {
      first = new CompileException(message.get(), place);
    }
  }

  /** Whether anything was reported; what is built from then on is never seen. */
  boolean any() {
    return first != null;
  }

  void throwFirst() {
    if (first != null) {
      throw first;
    }
  }
}
