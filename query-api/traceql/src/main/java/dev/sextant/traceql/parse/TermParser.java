package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.FieldExpr.UnaryOp;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsExpr.MathOp;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.StructuralOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operands and operators between pipes: spansets, numbers for spansets, constants and, within
 * parentheses, series. Which of them an operator joins is known from its left side only, because
 * {@code >} is a child of a spanset and a comparison of a number.
 */
final class TermParser {
  private static final int LOGICAL = 1;
  private static final int RELATION = 2;
  private static final int SUM = 3;
  private static final int PRODUCT = 4;
  private static final int POWER = 5;

  static final Map<String, Comparison> COMPARISONS = new HashMap<>();
  static final Map<String, MathOp> MATH = new HashMap<>();
  private static final Set<String> LOGICALS = Set.of("&&", "||");
  private static final Map<String, StructuralOp> STRUCTURALS = new HashMap<>();

  static {
    for (Comparison op : Comparison.values()) {
      COMPARISONS.put(op.symbol(), op);
    }
    for (MathOp op : MathOp.values()) {
      MATH.put(op.symbol(), op);
    }
    for (StructuralOp op : StructuralOp.values()) {
      STRUCTURALS.put(op.symbol(), op);
    }
  }

  private final Tokens tokens;
  private final Levels levels;
  private final StepParser steps;
  private final TermBuilder builder;

  /** What stands in parentheses at the head of a query. */
  private final PipelineParser pipelines;

  TermParser(
      PipelineParser pipelines, Tokens tokens, Levels levels, Faults faults, StepParser steps) {
    this.pipelines = pipelines;
    this.tokens = tokens;
    this.levels = levels;
    this.steps = steps;
    this.builder = new TermBuilder(tokens, faults);
  }

  /**
   * Operands and all operators between them.
   *
   * @param head whether pipelines and series may stand in parentheses
   */
  Term terms(boolean head) {
    return terms(LOGICAL, head);
  }

  /** A constant, computed of others or not. */
  Term.Constant constant() {
    Token first = tokens.peek();
    if (terms(SUM, false) instanceof Term.Constant constant) {
      return constant;
    }
    throw tokens.unexpected(first);
  }

  /** The series that stages follow. */
  MetricsExpr series(Term.Series series) {
    return builder.series(series);
  }

  private Term terms(int minimum, boolean head) {
    levels.enter();
    int start = tokens.peek().place().start();
    Term left = operand(head);
    while (tokens.peek() instanceof Token.Symbol op) {
      int precedence = precedence(op.text());
      if (precedence < minimum || !takes(left, op.text())) {
        break;
      }
      tokens.next();
      int leftLevels = levels.last();
      Token first = rightSide(left);
      Term right = terms(precedence == POWER ? POWER : precedence + 1, head);
      levels.set(Math.max(leftLevels, levels.last()) + 1);
      Place place = new Place(start, tokens.previous().place().end());
      left = operation(op, left, right, first, place);
    }
    levels.leave();
    return left;
  }

  /** 0 for what is no operator. */
  private static int precedence(String symbol) {
    return switch (symbol) {
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "^" -> POWER;
      default -> {
        if (LOGICALS.contains(symbol)) {
          yield LOGICAL;
        }
        yield STRUCTURALS.containsKey(symbol) || COMPARISONS.containsKey(symbol) ? RELATION : 0;
      }
    };
  }

  private static boolean takes(Term left, String symbol) {
    return switch (left) {
      case Term.Spans s -> LOGICALS.contains(symbol) || STRUCTURALS.containsKey(symbol);
      case Term.Steps s -> LOGICALS.contains(symbol) || STRUCTURALS.containsKey(symbol);
      case Term.Number n -> COMPARISONS.containsKey(symbol) || isArithmetic(symbol);
      case Term.Constant c -> COMPARISONS.containsKey(symbol) || isArithmetic(symbol);
      case Term.Series s -> MATH.containsKey(symbol);
      case Term.Step s -> false;
    };
  }

  private static boolean isArithmetic(String symbol) {
    return precedence(symbol) >= SUM;
  }

  /** The first token of the right operand; refuses those of another sort than the left is. */
  private Token rightSide(Term left) {
    Token token = tokens.peek();
    if ((left instanceof Term.Spans || left instanceof Term.Steps)
        && !token.is("{")
        && !token.is("(")) {
      throw tokens.unexpected("{", "(");
    }
    return token;
  }

  private Term operation(Token.Symbol op, Term left, Term right, Token first, Place place) {
    return switch (left) {
      case Term.Spans spans when right instanceof Term.Spans other ->
          new Term.Spans(spansets(op, spans.expr(), other.expr(), place));
      case Term.Number number -> builder.numbers(op, number, right, first, place);
      case Term.Constant constant -> builder.numbers(op, constant, right, first, place);
      case Term.Series series -> builder.math(op, series, right, first, place);
      default -> throw tokens.unexpected(first);
    };
  }

  private SpansetExpr spansets(Token.Symbol op, SpansetExpr left, SpansetExpr right, Place place) {
    StructuralOp structural = STRUCTURALS.get(op.text());
    if (structural != null) {
      return new SpansetExpr.Structural(structural, left, right, place);
    }
    LogicalOp logical = op.text().equals("&&") ? LogicalOp.AND : LogicalOp.OR;
    return new SpansetExpr.Logical(logical, left, right, place);
  }

  private Term operand(boolean head) {
    Token token = tokens.peek();
    levels.set(1);
    if (token.is("{")) {
      return new Term.Spans(steps.filter());
    }
    if (token.is("(")) {
      return parentheses(head);
    }
    if (token.is("-")) {
      return negative();
    }
    if (token instanceof Token.Value value && value.value().type().isNumeric()) {
      tokens.next();
      boolean duration = value.value() instanceof Static.Duration;
      return new Term.Constant(value.value(), duration ? value : null);
    }
    return steps.step();
  }

  private Term parentheses(boolean head) {
    Token open = tokens.next();
    Term inner = head ? pipelines.pipeline(true) : terms(LOGICAL, false);
    boolean closed = tokens.at(")");
    if (!closed || (!head && inner instanceof Term.Step)) {
      throw closed || !head ? tokens.unexpected() : tokens.unexpected(expectedAfter(inner));
    }
    Place place = open.place().to(tokens.next().place());
    return switch (inner) {
      case Term.Steps steps -> piped(steps.pipeline(), place);
      case Term.Step step -> piped(new Pipeline(List.of(step.step()), step.step().place()), place);
      default -> inner;
    };
  }

  private static String[] expectedAfter(Term inner) {
    return inner instanceof Term.Steps ? new String[] {")", "|"} : new String[0];
  }

  private static Term piped(Pipeline pipeline, Place place) {
    return new Term.Spans(new SpansetExpr.Piped(pipeline, place));
  }

  /** A minus binds as one between operands does. */
  private Term negative() {
    tokens.next();
    Token first = tokens.peek();
    if (!(terms(SUM + 1, false) instanceof Term.Constant constant)) {
      throw tokens.unexpected(first);
    }
    return new Term.Constant(Folding.unary(UnaryOp.NEGATE, constant.value()), constant.duration());
  }
}
