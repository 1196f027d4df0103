package dev.sextant.promql.ast;

import java.util.List;

/**
 * What a function takes and gives.
 *
 * @param args types in order; the last may be optional or repeated
 * @param variadic how often the last argument may be left out or repeated: 0 exactly once; n &gt; 0
 *     left out, or up to n times; −1 any number of times
 */
public record FunctionSignature(
    String name, List<ValueType> args, int variadic, ValueType returns, boolean experimental) {

  public int minArgs() {
    return variadic == 0 ? args.size() : args.size() - 1;
  }

  /** Integer.MAX_VALUE where there is no bound. */
  public int maxArgs() {
    return variadic == 0
        ? args.size()
        : variadic < 0 ? Integer.MAX_VALUE : args.size() - 1 + variadic;
  }

  /** The type of argument {@code index}, also of a repeated one. */
  public ValueType arg(int index) {
    return args.get(Math.min(index, args.size() - 1));
  }
}
