package dev.sextant.traceql.script;

import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.parse.QueryException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks a question that may be expected to fail. */
final class Attempt {
  private Attempt() {}

  /**
   * Null where all is as expected, else what is not.
   *
   * @param failure expected; null where there must be an answer
   * @param check what is not as expected of an answer; null where nothing
   */
  static <T> @Nullable String problem(
      @Nullable Failure failure, Supplier<T> ask, Function<T, @Nullable String> check) {
    T answer;
    try {
      answer = ask.get();
    } catch (QueryException | TraceQlException e) {
      String message = String.valueOf(e.getMessage());
      if (failure == null) {
        return "expected an answer but got the error: " + message;
      }
      return failure.matches(message)
          ? null
          : "expected the error: " + failure.text() + "\n  but got: " + message;
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "crashed: " + e + (trace.length > 0 ? " at " + trace[0] : "");
    }
    return failure != null
        ? "expected the error: " + failure.text() + "\n  but got an answer"
        : check.apply(answer);
  }
}
