package dev.sextant.traceql.parse;

/**
 * How deep the tree is, so that no later walk can run out of stack. Nesting is counted on the way
 * down and levels on the way up: a long chain of operators is deep without being nested.
 */
final class Levels {
  private final Tokens tokens;
  private int nesting;
  private int last;

  Levels(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Before something that may contain itself. */
  void enter() {
    if (++nesting > TraceQlParser.MAX_DEPTH) {
      throw tooDeep();
    }
  }

  void leave() {
    nesting--;
  }

  /** Levels of what was parsed last. */
  int last() {
    return last;
  }

  /** What was parsed last has so many levels. */
  void set(int levels) {
    if (levels > TraceQlParser.MAX_DEPTH) {
      throw tooDeep();
    }
    last = levels;
  }

  private ParseException tooDeep() {
    return tokens.error(
        tokens.peek().place(),
        "query nested deeper than " + TraceQlParser.MAX_DEPTH + " levels, which is the most");
  }
}
