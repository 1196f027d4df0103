package dev.sextant.promql.parse;

import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.DurationExpr;
import dev.sextant.promql.ast.Span;

/** Ranges, steps and offsets. */
final class DurationParser {
  private static final int MAX_DEPTH = 100;
  private static final double MAX_SECONDS = 9.223372036854775e9;

  private final Tokens tokens;
  private final Syntax syntax;
  private int depth;

  DurationParser(Tokens tokens, Syntax syntax) {
    this.tokens = tokens;
    this.syntax = syntax;
  }

  /** A range or a subquery's step: greater than 0 where that is known. */
  DurationExpr positive(String context) {
    DurationExpr expr = sum(context);
    if (expr instanceof DurationExpr.Literal literal) {
      if (literal.seconds() <= 0) {
        throw tokens.error(literal.span(), "duration must be greater than 0");
      }
    } else {
      requireEnabled(expr.span());
    }
    return expr;
  }

  /** What follows {@code offset}: one operand, perhaps with a sign. */
  DurationExpr offset() {
    DurationExpr expr = signed("offset", true);
    if (!(expr instanceof DurationExpr.Literal)) {
      requireEnabled(expr.span());
    }
    return expr;
  }

  private void requireEnabled(Span span) {
    if (!syntax.durationExpressions()) {
      throw tokens.error(span, "experimental duration expression is not enabled");
    }
  }

  private DurationExpr sum(String context) {
    if (++depth > MAX_DEPTH) {
      throw tokens.error(
          tokens.peek().span(), "duration expression nested deeper than " + MAX_DEPTH);
    }
    DurationExpr expr = binary(context, 1);
    depth--;
    return expr;
  }

  private DurationExpr binary(String context, int minimum) {
    DurationExpr left = signed(context, false);
    int terms = 0;
    while (tokens.at(TokenType.OPERATOR)) {
      BinaryOp op = Lexer.operator(tokens.peek());
      if (op.kind() != BinaryOp.Kind.ARITHMETIC
          || op == BinaryOp.ATAN2
          || op.precedence() < minimum) {
        break;
      }
      if (++terms > MAX_DEPTH) {
        throw tokens.error(
            tokens.peek().span(), "duration expression of more than " + MAX_DEPTH + " terms");
      }
      tokens.next();
      DurationExpr right =
          binary(context, op.isRightAssociative() ? op.precedence() : op.precedence() + 1);
      boolean zero = right instanceof DurationExpr.Literal literal && literal.seconds() == 0;
      if (zero && (op == BinaryOp.DIV || op == BinaryOp.MOD)) {
        throw tokens.error(
            right.span(), op == BinaryOp.DIV ? "division by zero" : "modulo by zero");
      }
      left = new DurationExpr.Arithmetic(op, left, right, left.span().to(right.span()));
    }
    return left;
  }

  private DurationExpr signed(String context, boolean operandOnly) {
    Token token = tokens.peek();
    if (!token.is(TokenType.OPERATOR) || !(token.text().equals("-") || token.text().equals("+"))) {
      return operand(context);
    }
    tokens.next();
    DurationExpr inner =
        operandOnly ? operand(context) : binary(context, BinaryOp.POW.precedence());
    Span span = token.span().to(inner.span());
    if (inner instanceof DurationExpr.Literal literal) {
      return new DurationExpr.Literal(
          token.text().equals("-") ? -literal.seconds() : literal.seconds(), literal.units(), span);
    }
    return token.text().equals("-") ? new DurationExpr.Negated(inner, span) : inner;
  }

  private DurationExpr operand(String context) {
    Token token = tokens.peek();
    return switch (token.type()) {
      case NUMBER, DURATION -> {
        tokens.next();
        double seconds = bounded(token, seconds(tokens, token));
        yield new DurationExpr.Literal(seconds, token.is(TokenType.DURATION), token.span());
      }
      case LEFT_PAREN -> {
        tokens.next();
        DurationExpr inner = sum(context);
        Token close = tokens.expect(TokenType.RIGHT_PAREN, context, "\")\"");
        yield new DurationExpr.Paren(inner, token.span().to(close.span()));
      }
      case PREPROCESSOR -> function(context);
      default ->
          throw tokens.unexpected(
              context, context.equals("offset") ? "number, duration, step(), or range()" : "");
    };
  }

  private DurationExpr function(String context) {
    Token name = tokens.next();
    String word = name.lower();
    if (word.equals("start") || word.equals("end")) {
      throw tokens.error(name.span(), "unexpected " + name.describe() + " in " + context);
    }
    tokens.expect(TokenType.LEFT_PAREN, context, "\"(\"");
    if (word.equals("step") || word.equals("range")) {
      Token close = tokens.expect(TokenType.RIGHT_PAREN, context, "\")\"");
      return new DurationExpr.Outer(word.equals("step"), name.span().to(close.span()));
    }
    DurationExpr left = sum(context);
    tokens.expect(TokenType.COMMA, context, "\",\"");
    DurationExpr right = sum(context);
    Token close = tokens.expect(TokenType.RIGHT_PAREN, context, "\")\"");
    return new DurationExpr.Extreme(
        word.equals("min_of"), left, right, name.span().to(close.span()));
  }

  private double bounded(Token token, double seconds) {
    if (!(Math.abs(seconds) <= MAX_SECONDS)) {
      throw tokens.error(token.span(), "duration out of range");
    }
    return seconds;
  }

  /** The value of a number or duration token. */
  static double seconds(Tokens tokens, Token token) {
    try {
      return token.is(TokenType.DURATION)
          ? NumberText.parseDurationMillis(token.text()) / 1000.0
          : NumberText.parseNumber(token.text());
    } catch (IllegalArgumentException e) {
      throw new ParseException(tokens.query(), token.span(), String.valueOf(e.getMessage()));
    }
  }
}
