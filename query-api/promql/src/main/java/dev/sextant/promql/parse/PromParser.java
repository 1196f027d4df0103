package dev.sextant.promql.parse;

import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.ast.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Turns text into a checked {@link Expr}: recursive descent for operands, precedence climbing for
 * operators. Trees deeper than {@value #MAX_DEPTH} are refused, so that no later walk can run out
 * of stack.
 */
public final class PromParser {
  /** Levels a tree may have. */
  public static final int MAX_DEPTH = 500;

  private final Tokens tokens;
  private final Syntax syntax;
  private final SelectorParser selectors;
  private final MatchingParser matchings;
  private int nesting;

  /** Levels of the expression that was parsed last. */
  private int levels;

  private PromParser(String query, Syntax syntax) {
    this.tokens = new Tokens(query);
    this.syntax = syntax;
    this.selectors = new SelectorParser(tokens, syntax);
    this.matchings = new MatchingParser(tokens, syntax);
  }

  /**
   * Parses and checks types.
   *
   * @throws ParseException naming the first thing wrong and its place
   */
  public static Expr parse(String query, Syntax syntax) {
    PromParser parser = new PromParser(query, syntax);
    if (parser.tokens.at(TokenType.EOF)) {
      throw new ParseException(query, Span.NONE, "no expression found in input");
    }
    Expr expr = parser.expression(0);
    if (!parser.tokens.at(TokenType.EOF)) {
      throw parser.tokens.unexpected("", "");
    }
    new TypeCheck(query).check(expr);
    return expr;
  }

  private Expr expression(int minimum) {
    descend();
    Expr left = operand();
    while (tokens.at(TokenType.OPERATOR)) {
      BinaryOp op = Lexer.operator(tokens.peek());
      if (op.precedence() < minimum) {
        break;
      }
      tokens.next();
      int leftLevels = levels;
      MatchingParser.Parsed modifiers = matchings.parse();
      Expr right = expression(op.isRightAssociative() ? op.precedence() : op.precedence() + 1);
      level(Math.max(leftLevels, levels) + 1);
      left = modifiers.binary(op, left, right);
    }
    nesting--;
    return left;
  }

  private void descend() {
    if (++nesting > MAX_DEPTH) {
      throw tooDeep();
    }
  }

  private void level(int value) {
    if (value > MAX_DEPTH) {
      throw tooDeep();
    }
    levels = value;
  }

  private ParseException tooDeep() {
    return tokens.error(
        tokens.peek().span(), "expression nested deeper than " + MAX_DEPTH + " levels");
  }

  private Expr operand() {
    Token token = tokens.peek();
    if (token.is(TokenType.OPERATOR) && (token.text().equals("-") || token.text().equals("+"))) {
      tokens.next();
      return unary(token);
    }
    return selectors.postfix(primary(token));
  }

  private Expr unary(Token sign) {
    Expr operand = expression(BinaryOp.POW.precedence());
    boolean negative = sign.text().equals("-");
    Span span = sign.span().to(operand.span());
    if (operand instanceof Expr.NumberLiteral number) {
      double value = negative ? -number.value() : number.value();
      return new Expr.NumberLiteral(value, number.duration(), span);
    }
    level(levels + 1);
    return new Expr.Unary(negative, operand, span);
  }

  private Expr primary(Token token) {
    level(1);
    Token second = tokens.peekSecond();
    return switch (token.type()) {
      case NUMBER, DURATION -> {
        tokens.next();
        double value = DurationParser.seconds(tokens, token);
        yield new Expr.NumberLiteral(value, token.is(TokenType.DURATION), token.span());
      }
      case STRING -> {
        tokens.next();
        yield new Expr.StringLiteral(Quoting.unquote(tokens.query(), token.span()), token.span());
      }
      case LEFT_PAREN -> paren();
      case LEFT_BRACE -> selectors.selector(null);
      case METRIC_IDENTIFIER -> selectors.selector(tokens.next());
      case IDENTIFIER, PREPROCESSOR ->
          second.is(TokenType.LEFT_PAREN) ? call(tokens.next()) : selectors.selector(tokens.next());
      case AGGREGATOR -> aggregateOrName(second);
      case KEYWORD, OPERATOR -> keywordAsName(token);
      default -> throw tokens.unexpected("", "");
    };
  }

  private Expr paren() {
    Token open = tokens.next();
    Expr inner = expression(0);
    if (!tokens.at(TokenType.RIGHT_PAREN)) {
      throw tokens.unexpected("", "");
    }
    Span span = open.span().to(tokens.next().span());
    level(levels + 1);
    return new Expr.Paren(inner, span);
  }

  private Expr keywordAsName(Token token) {
    boolean name =
        token.isWordLike()
            && switch (token.lower()) {
              case "bool", "on", "ignoring", "group_left", "group_right", "atan2" -> false;
              default -> true;
            };
    if (!name) {
      throw tokens.unexpected("", "");
    }
    return selectors.selector(tokens.next());
  }

  private Expr aggregateOrName(Token second) {
    if (second.is(TokenType.LEFT_PAREN) || second.isWord("by") || second.isWord("without")) {
      return aggregate(tokens.next());
    }
    boolean name =
        switch (second.type()) {
          case LEFT_BRACE,
              LEFT_BRACKET,
              RIGHT_PAREN,
              RIGHT_BRACKET,
              COMMA,
              AT,
              OPERATOR,
              EOF,
              KEYWORD,
              ERROR ->
              true;
          default -> false;
        };
    if (!name) {
      tokens.next();
      throw tokens.unexpected("aggregation", "");
    }
    return selectors.selector(tokens.next());
  }

  private Expr call(Token name) {
    String text = name.is(TokenType.PREPROCESSOR) ? name.lower() : name.text();
    List<Expr> args = new ArrayList<>();
    Span last = arguments(args);
    FunctionSignature function = Functions.find(text);
    if (function == null) {
      throw tokens.error(name.span(), "unknown function with name " + Quoting.quote(name.text()));
    }
    if (function.experimental() && !syntax.experimentalFunctions()) {
      throw tokens.error(name.span(), "function " + Quoting.quote(name.text()) + " is not enabled");
    }
    return new Expr.Call(function, List.copyOf(args), name.span().to(last));
  }

  /** Arguments in parentheses; gives the span of the closing one. */
  private Span arguments(List<Expr> args) {
    tokens.expect(TokenType.LEFT_PAREN, "", "");
    int deepest = 0;
    while (!tokens.at(TokenType.RIGHT_PAREN)) {
      args.add(expression(0));
      deepest = Math.max(deepest, levels);
      Token token = tokens.peek();
      if (token.is(TokenType.COMMA)) {
        tokens.next();
        if (tokens.at(TokenType.RIGHT_PAREN)) {
          throw tokens.error(token.span(), "trailing commas not allowed in function call args");
        }
      } else if (!token.is(TokenType.RIGHT_PAREN)) {
        throw tokens.unexpected("", "");
      }
    }
    level(deepest + 1);
    return tokens.next().span();
  }

  private Expr aggregate(Token name) {
    AggregateOp op = AggregateOp.valueOf(name.text().toUpperCase(Locale.ROOT));
    List<Expr> args = new ArrayList<>();
    List<String> grouping = List.of();
    boolean without = false;
    Span last = name.span();
    boolean clauseFirst = tokens.atWord("by") || tokens.atWord("without");
    if (clauseFirst) {
      without = tokens.next().isWord("without");
      grouping = tokens.grouping();
      if (!tokens.at(TokenType.LEFT_PAREN)) {
        throw tokens.unexpected("aggregation", "");
      }
    }
    last = arguments(args);
    if (!clauseFirst && (tokens.atWord("by") || tokens.atWord("without"))) {
      without = tokens.next().isWord("without");
      grouping = tokens.grouping();
      last = tokens.previous().span();
    }
    return newAggregate(op, args, grouping, without, name.span().to(last));
  }

  private Expr newAggregate(
      AggregateOp op, List<Expr> args, List<String> grouping, boolean without, Span span) {
    if (args.isEmpty()) {
      throw tokens.error(span, "no arguments for aggregate expression provided");
    }
    if (op.isExperimental() && !syntax.experimentalFunctions()) {
      throw tokens.error(
          span,
          op.text()
              + "() is experimental and must be enabled with --enable-feature=promql-experimental-functions");
    }
    int wanted = op.hasParameter() ? 2 : 1;
    if (args.size() != wanted) {
      throw tokens.error(
          span,
          "wrong number of arguments for aggregate expression provided, expected "
              + wanted
              + ", got "
              + args.size());
    }
    @Nullable Expr parameter = op.hasParameter() ? args.getFirst() : null;
    return new Expr.Aggregate(op, args.getLast(), parameter, grouping, without, span);
  }
}
