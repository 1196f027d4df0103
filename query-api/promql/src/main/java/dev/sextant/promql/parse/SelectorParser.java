package dev.sextant.promql.parse;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.DurationExpr;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selectors, and what may follow an operand: ranges, subqueries, {@code offset}, {@code @} and the
 * like.
 */
final class SelectorParser {
  private final Tokens tokens;
  private final Syntax syntax;
  private final DurationParser durations;

  SelectorParser(Tokens tokens, Syntax syntax) {
    this.tokens = tokens;
    this.syntax = syntax;
    this.durations = new DurationParser(tokens, syntax);
  }

  /** A selector whose name, if any, was just consumed. */
  Expr selector(@Nullable Token name) {
    Span first = name == null ? tokens.peek().span() : name.span();
    Span last = first;
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.at(TokenType.LEFT_BRACE)) {
      last = braces(matchers);
    }
    if (name != null) {
      matchers.add(Matcher.equal(Labels.NAME, name.text()));
    }
    return new Expr.VectorSelector(
        name == null ? "" : name.text(), List.copyOf(matchers), Modifiers.NONE, first.to(last));
  }

  private Span braces(List<Matcher> matchers) {
    tokens.next();
    while (!tokens.at(TokenType.RIGHT_BRACE)) {
      Token label = tokens.peek();
      if (!label.is(TokenType.IDENTIFIER) && !label.is(TokenType.STRING)) {
        throw tokens.unexpected("label matching", "identifier or \"}\"");
      }
      tokens.next();
      matchers.add(matcher(label));
      if (!tokens.take(TokenType.COMMA) && !tokens.at(TokenType.RIGHT_BRACE)) {
        throw tokens.unexpected("label matching", "\",\" or \"}\"");
      }
    }
    return tokens.next().span();
  }

  private Matcher matcher(Token label) {
    boolean quoted = label.is(TokenType.STRING);
    String name = quoted ? Quoting.unquote(tokens.query(), label.span()) : label.text();
    Matcher.Type type = matcherType(tokens.peek());
    if (type == null) {
      if (quoted && (tokens.at(TokenType.COMMA) || tokens.at(TokenType.RIGHT_BRACE))) {
        return Matcher.equal(Labels.NAME, name);
      }
      throw tokens.unexpected("label matching", "label matching operator");
    }
    tokens.next();
    Token value = tokens.expect(TokenType.STRING, "label matching", "string");
    String text = Quoting.unquote(tokens.query(), value.span());
    try {
      return new Matcher(type, name, text);
    } catch (IllegalArgumentException e) {
      throw new ParseException(
          tokens.query(), label.span().to(value.span()), String.valueOf(e.getMessage()));
    }
  }

  private static Matcher.@Nullable Type matcherType(Token token) {
    return switch (token.type()) {
      case EQUAL -> Matcher.Type.EQUAL;
      case MATCH_REGEX -> Matcher.Type.REGEX;
      case NOT_REGEX -> Matcher.Type.NOT_REGEX;
      case OPERATOR -> token.text().equals("!=") ? Matcher.Type.NOT_EQUAL : null;
      default -> null;
    };
  }

  /** The operand with everything that follows it. */
  Expr postfix(Expr operand) {
    Expr expr = operand;
    while (true) {
      if (tokens.at(TokenType.LEFT_BRACKET)) {
        expr = brackets(expr);
      } else if (tokens.at(TokenType.AT)) {
        expr = at(expr);
      } else if (tokens.atWord("offset")) {
        expr = offset(expr);
      } else if (tokens.atWord("anchored") || tokens.atWord("smoothed")) {
        expr = bounds(expr);
      } else {
        return expr;
      }
    }
  }

  private Expr brackets(Expr expr) {
    Token open = tokens.next();
    DurationExpr range = durations.positive("subquery or range selector");
    if (tokens.take(TokenType.COLON)) {
      DurationExpr step =
          tokens.at(TokenType.RIGHT_BRACKET) ? null : durations.positive("subquery selector");
      Token close = tokens.expect(TokenType.RIGHT_BRACKET, "subquery selector", "\"]\"");
      return new Expr.Subquery(expr, range, step, Modifiers.NONE, expr.span().to(close.span()));
    }
    Token close = tokens.expect(TokenType.RIGHT_BRACKET, "subquery or range", "\":\" or \"]\"");
    if (!(expr instanceof Expr.VectorSelector selector)) {
      throw tokens.error(open.span().to(close.span()), "ranges only allowed for vector selectors");
    }
    if (selector.modifiers().offset() != null) {
      throw tokens.error(open.span().to(close.span()), "no offset modifiers allowed before range");
    }
    if (selector.modifiers().at() != null) {
      throw tokens.error(open.span().to(close.span()), "no @ modifiers allowed before range");
    }
    return new Expr.MatrixSelector(selector, range, expr.span().to(close.span()));
  }

  private Expr offset(Expr expr) {
    tokens.next();
    DurationExpr offset = durations.offset();
    Modifiers modifiers = modifiersOf(expr, "offset");
    if (modifiers.offset() != null) {
      throw tokens.error(expr.span(), "offset may not be set multiple times");
    }
    return with(expr, modifiers.withOffset(offset), offset.span());
  }

  private Expr at(Expr expr) {
    tokens.next();
    Token token = tokens.peek();
    Modifiers.At at;
    Span last;
    if (token.isWord("start") || token.isWord("end")) {
      tokens.next();
      tokens.expect(TokenType.LEFT_PAREN, "@", "timestamp");
      last = tokens.expect(TokenType.RIGHT_PAREN, "@", "timestamp").span();
      at = token.isWord("start") ? new Modifiers.At.Start() : new Modifiers.At.End();
    } else {
      double sign = 1;
      if (token.is(TokenType.OPERATOR) && (token.text().equals("+") || token.text().equals("-"))) {
        tokens.next();
        sign = token.text().equals("-") ? -1 : 1;
      }
      if (!tokens.at(TokenType.NUMBER) && !tokens.at(TokenType.DURATION)) {
        throw tokens.unexpected("@", "timestamp");
      }
      Token number = tokens.next();
      last = number.span();
      at = new Modifiers.At.Time(millis(expr, sign * DurationParser.seconds(tokens, number)));
    }
    Modifiers modifiers = modifiersOf(expr, "@");
    if (modifiers.at() != null) {
      throw tokens.error(expr.span(), "@ <timestamp> may not be set multiple times");
    }
    return with(expr, modifiers.withAt(at), last);
  }

  private long millis(Expr expr, double seconds) {
    double millis = seconds * 1000;
    if (Double.isNaN(millis) || millis >= Long.MAX_VALUE || millis <= Long.MIN_VALUE) {
      String text =
          Double.isNaN(seconds)
              ? "NaN"
              : Double.isInfinite(seconds)
                  ? (seconds > 0 ? "+Inf" : "-Inf")
                  : String.format("%f", seconds);
      throw tokens.error(expr.span(), "timestamp out of bounds for @ modifier: " + text);
    }
    return Math.round(Math.abs(millis)) * (millis < 0 ? -1 : 1);
  }

  private Expr bounds(Expr expr) {
    Token word = tokens.next();
    boolean anchored = word.isWord("anchored");
    String name = anchored ? "anchored" : "smoothed";
    if (!syntax.extendedRanges()) {
      throw tokens.error(expr.span(), name + " modifier is experimental and not enabled");
    }
    if (expr instanceof Expr.Subquery) {
      throw tokens.error(expr.span(), name + " modifier is not supported for subqueries");
    }
    if (!(expr instanceof Expr.VectorSelector) && !(expr instanceof Expr.MatrixSelector)) {
      throw tokens.error(expr.span(), name + " modifier not implemented");
    }
    Modifiers modifiers = modifiersOf(expr, name);
    Modifiers.Bounds bounds = anchored ? Modifiers.Bounds.ANCHORED : Modifiers.Bounds.SMOOTHED;
    if (modifiers.bounds() != Modifiers.Bounds.PLAIN && modifiers.bounds() != bounds) {
      throw tokens.error(expr.span(), "anchored and smoothed modifiers cannot be used together");
    }
    return with(expr, modifiers.withBounds(bounds), word.span());
  }

  private Modifiers modifiersOf(Expr expr, String modifier) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.modifiers();
      case Expr.MatrixSelector matrix -> matrix.selector().modifiers();
      case Expr.Subquery subquery -> subquery.modifiers();
      default ->
          throw tokens.error(
              expr.span(),
              modifier
                  + " modifier must be preceded by an instant vector selector or range vector selector or a subquery");
    };
  }

  private static Expr with(Expr expr, Modifiers modifiers, Span last) {
    Span span = expr.span().to(last);
    return switch (expr) {
      case Expr.VectorSelector s ->
          new Expr.VectorSelector(s.name(), s.matchers(), modifiers, span);
      case Expr.MatrixSelector m -> {
        Expr.VectorSelector s = m.selector();
        yield new Expr.MatrixSelector(
            new Expr.VectorSelector(s.name(), s.matchers(), modifiers, s.span()), m.range(), span);
      }
      case Expr.Subquery q -> new Expr.Subquery(q.inner(), q.range(), q.step(), modifiers, span);
      default -> throw new IllegalStateException("no modifiers on " + expr);
    };
  }
}
