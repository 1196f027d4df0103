package dev.sextant.promql.parse;

import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.ast.VectorMatching.Cardinality;
import java.util.List;

/** What may stand between a binary operator and its right side. */
final class MatchingParser {
  private final Tokens tokens;
  private final Syntax syntax;

  MatchingParser(Tokens tokens, Syntax syntax) {
    this.tokens = tokens;
    this.syntax = syntax;
  }

  /** The modifiers of one operator. */
  record Parsed(boolean bool, VectorMatching matching) {
    /** The matching is kept where it means something, or must be complained about. */
    Expr.Binary binary(BinaryOp op, Expr left, Expr right) {
      boolean vectors = left.type() == ValueType.VECTOR && right.type() == ValueType.VECTOR;
      VectorMatching kept =
          vectors || !matching.labels().isEmpty() || matching.fills() ? matching : null;
      if (kept != null && op.isSet() && kept.cardinality() == Cardinality.ONE_TO_ONE) {
        kept = kept.withCardinality(Cardinality.MANY_TO_MANY);
      }
      return new Expr.Binary(op, left, right, bool, kept, left.span().to(right.span()));
    }
  }

  Parsed parse() {
    boolean bool = tokens.atWord("bool") && tokens.next().isWord("bool");
    VectorMatching matching = VectorMatching.DEFAULT;
    if (tokens.atWord("on") || tokens.atWord("ignoring")) {
      boolean on = tokens.next().isWord("on");
      List<String> labels = tokens.grouping();
      matching = new VectorMatching(Cardinality.ONE_TO_ONE, on, labels, List.of(), null, null);
      if (tokens.atWord("group_left") || tokens.atWord("group_right")) {
        Cardinality cardinality =
            tokens.next().isWord("group_left") ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
        List<String> include = tokens.at(TokenType.LEFT_PAREN) ? tokens.grouping() : List.of();
        matching = new VectorMatching(cardinality, on, labels, include, null, null);
      }
    }
    return new Parsed(bool, fills(matching));
  }

  private VectorMatching fills(VectorMatching matching) {
    Double left = matching.fillLeft();
    Double right = matching.fillRight();
    while (tokens.at(TokenType.KEYWORD) && tokens.peek().lower().startsWith("fill")) {
      Token word = tokens.next();
      if (!syntax.fillModifiers()) {
        throw tokens.error(word.span(), "binop fill modifiers are experimental and not enabled");
      }
      boolean both = word.isWord("fill");
      boolean takesLeft = both || word.isWord("fill_left");
      boolean takesRight = both || word.isWord("fill_right");
      if ((takesLeft && left != null) || (takesRight && right != null)) {
        throw tokens.error(word.span(), "unexpected " + word.describe());
      }
      Double value = fillValue();
      left = takesLeft ? value : left;
      right = takesRight ? value : right;
    }
    return new VectorMatching(
        matching.cardinality(), matching.on(), matching.labels(), matching.include(), left, right);
  }

  private Double fillValue() {
    tokens.expect(TokenType.LEFT_PAREN, "fill", "\"(\"");
    double sign = 1;
    if (tokens.at(TokenType.OPERATOR)
        && (tokens.peek().text().equals("-") || tokens.peek().text().equals("+"))) {
      sign = tokens.next().text().equals("-") ? -1 : 1;
    }
    if (!tokens.at(TokenType.NUMBER) && !tokens.at(TokenType.DURATION)) {
      throw tokens.unexpected("fill", "number");
    }
    double value = sign * DurationParser.seconds(tokens, tokens.next());
    tokens.expect(TokenType.RIGHT_PAREN, "fill", "\")\"");
    return value;
  }
}
