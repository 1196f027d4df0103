package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.print.StaticText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics functions and the stages behind them. */
final class MetricsParser {
  private static final int MAX_GROUPS = 5;
  private static final int DEFAULT_TOP = 10;
  private static final int MAX_TOP = 1000;

  private final Tokens tokens;
  private final TermParser terms;
  private final FieldParser fields;
  private final StepParser steps;
  private final Faults faults;

  MetricsParser(
      Tokens tokens, TermParser terms, FieldParser fields, StepParser steps, Faults faults) {
    this.tokens = tokens;
    this.terms = terms;
    this.fields = fields;
    this.steps = steps;
    this.faults = faults;
  }

  /** The function whose name is the next token. */
  MetricsFunction function(Token.Word name) {
    tokens.next();
    tokens.expect("(");
    return switch (name.text()) {
      case "rate", "count_over_time" -> {
        tokens.expect(")");
        List<Reference> by = by(MAX_GROUPS);
        yield new MetricsFunction.Count(name.text().equals("rate"), by, from(name));
      }
      case "histogram_over_time" -> {
        Reference of = fields.expectReference();
        tokens.expect(")");
        List<Reference> by = by(MAX_GROUPS - 1);
        yield new MetricsFunction.Histogram(of, by, from(name));
      }
      case "quantile_over_time" -> quantile(name);
      case "compare" -> compare(name);
      default -> overTime(name);
    };
  }

  private Place from(Token name) {
    return name.place().to(tokens.previous().place());
  }

  private MetricsFunction overTime(Token.Word name) {
    Aggregate.Op op = Words.OVER_TIME.get(name.text());
    if (op == null) {
      throw tokens.unexpected(name);
    }
    Reference of = fields.expectReference();
    tokens.expect(")");
    List<Reference> by = by(op == Aggregate.Op.AVG ? MAX_GROUPS - 1 : MAX_GROUPS);
    return new MetricsFunction.OverTime(op, of, by, from(name));
  }

  private MetricsFunction quantile(Token name) {
    Reference of = fields.expectReference();
    List<Double> quantiles = new ArrayList<>();
    tokens.expect(",");
    do {
      quantiles.add(quantile());
    } while (tokens.take(","));
    if (!tokens.at(")")) {
      throw tokens.unexpected(",", ")");
    }
    tokens.next();
    List<Reference> by = by(MAX_GROUPS - 1);
    return new MetricsFunction.Quantile(of, quantiles, by, from(name));
  }

  private double quantile() {
    if (!(tokens.peek() instanceof Token.Value number)
        || !(number.value() instanceof Static.Int || number.value() instanceof Static.Float)) {
      throw tokens.unexpected("INTEGER", "FLOAT");
    }
    tokens.next();
    double value = Folding.number(number.value());
    if (value > 1) {
      faults.report(
          number.place(), "quantile must be between 0 and 1: " + StaticText.of(number.value()));
    }
    return value;
  }

  private MetricsFunction compare(Token name) {
    SpansetExpr.Filter selection = steps.filter();
    long top = DEFAULT_TOP;
    MetricsFunction.Range range = null;
    if (tokens.take(",")) {
      Token first = tokens.peek();
      top = integer();
      if (top < 1 || top > MAX_TOP) {
        faults.report(
            first.place(),
            "compare() top number of values must be between 1 and " + MAX_TOP + ": " + top);
        top = DEFAULT_TOP;
      }
      if (tokens.take(",")) {
        range = range();
      }
    }
    if (!tokens.at(")")) {
      throw tokens.unexpected(",", ")");
    }
    tokens.next();
    return new MetricsFunction.Compare(selection, (int) top, range, from(name));
  }

  /** Two zeros stand for none. */
  private MetricsFunction.@Nullable Range range() {
    Token first = tokens.peek();
    long start = integer();
    tokens.expect(",");
    long end = integer();
    if (start == 0 && end == 0) {
      return null;
    }
    if (start == 0 || end == 0) {
      faults.report(
          first.place(), "compare() takes both timestamps or none: " + start + ", " + end);
    } else if (end <= start) {
      faults.report(
          first.place(),
          "compare() end timestamp must be after the start timestamp: " + start + ", " + end);
    }
    return new MetricsFunction.Range(start, end);
  }

  private long integer() {
    if (tokens.peek() instanceof Token.Value number && number.value() instanceof Static.Int value) {
      tokens.next();
      return value.value();
    }
    throw tokens.unexpected("INTEGER");
  }

  private List<Reference> by(int most) {
    if (!tokens.atWord("by")) {
      return List.of();
    }
    Token name = tokens.next();
    List<Reference> by = fields.references();
    if (by.size() > most) {
      faults.report(from(name), "metrics group by " + by.size() + " values not yet supported");
    }
    return by;
  }

  /**
   * Series with the stages that follow.
   *
   * @param start where the series' text begins
   */
  Term stages(Term.Series series, int start) {
    List<MetricsStage> stages = new ArrayList<>();
    while (true) {
      Token token = tokens.peek();
      if (tokens.take("|")) {
        stages.add(rank());
      } else if (token instanceof Token.Symbol symbol
          && TermParser.COMPARISONS.get(symbol.text()) instanceof Comparison op) {
        tokens.next();
        stages.add(threshold(token, op));
      } else {
        break;
      }
    }
    if (stages.isEmpty()) {
      return series;
    }
    Place place = new Place(start, tokens.previous().place().end());
    return new Term.Series(new MetricsExpr.Staged(terms.series(series), stages, place));
  }

  private MetricsStage rank() {
    Token name = tokens.peek();
    if (!name.isWord("topk") && !name.isWord("bottomk")) {
      throw tokens.unexpected("topk", "bottomk");
    }
    tokens.next();
    tokens.expect("(");
    Token first = tokens.peek();
    long limit = integer();
    tokens.expect(")");
    if (limit < 1 || limit > Integer.MAX_VALUE) {
      faults.report(
          first.place(),
          limit < 1
              ? "limit must be greater than 0"
              : "limit must be at most " + Integer.MAX_VALUE);
    }
    return new MetricsStage.Rank(name.isWord("bottomk"), (int) limit, from(name));
  }

  private MetricsStage threshold(Token op, Comparison comparison) {
    Term.Constant constant = terms.constant();
    if (constant.duration() != null && !(constant.value() instanceof Static.Duration)) {
      throw tokens.unexpected(constant.duration());
    }
    return new MetricsStage.Threshold(comparison, constant.value(), from(op));
  }
}
