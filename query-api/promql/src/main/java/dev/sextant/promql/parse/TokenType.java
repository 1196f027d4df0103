package dev.sextant.promql.parse;

/** Kinds of tokens; {@code fixed} ones always have the same text. */
enum TokenType {
  EOF("end of input"),
  ERROR("error"),
  IDENTIFIER("identifier"),
  METRIC_IDENTIFIER("metric identifier"),
  STRING("string"),
  NUMBER("number"),
  DURATION("duration"),
  LEFT_PAREN("(", true),
  RIGHT_PAREN(")", true),
  LEFT_BRACE("{", true),
  RIGHT_BRACE("}", true),
  LEFT_BRACKET("[", true),
  RIGHT_BRACKET("]", true),
  COMMA(",", true),
  COLON(":", true),
  EQUAL("=", true),
  MATCH_REGEX("=~", true),
  NOT_REGEX("!~", true),
  AT("@", true),
  /** A binary operator; {@code and}, {@code or}, {@code unless} and {@code atan2} among them. */
  OPERATOR("operator"),
  AGGREGATOR("aggregator"),
  /** A word with a meaning in the grammar, such as {@code by} or {@code offset}. */
  KEYWORD("keyword"),
  /** {@code start}, {@code end}, {@code step}, {@code range}, {@code min_of}, {@code max_of}. */
  PREPROCESSOR("preprocessor");

  final String text;
  final boolean fixed;

  TokenType(String text) {
    this(text, false);
  }

  TokenType(String text, boolean fixed) {
    this.text = text;
    this.fixed = fixed;
  }
}
