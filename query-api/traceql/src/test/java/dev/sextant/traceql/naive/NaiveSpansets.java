package dev.sextant.traceql.naive;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanOracle;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.StructuralOp;
import dev.sextant.traceql.print.FieldPrinter;
import dev.sextant.traceql.print.QueryPrinter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Pipelines read literally, a trace at a time, every pair of spans looked at. */
public final class NaiveSpansets {
  private final SpanOracle spans;
  private final NaiveFields fields;

  public NaiveSpansets(SpanOracle spans) {
    this.spans = spans;
    this.fields = new NaiveFields(spans);
  }

  /** Spans that belong together. */
  public record Spanset(List<Integer> spans, List<NamedValue> attributes) {}

  NaiveFields fields() {
    return fields;
  }

  /** The spansets that a pipeline leaves of a trace. */
  public List<Spanset> run(Pipeline pipeline, List<Integer> trace) {
    return steps(pipeline, List.of(new Spanset(trace, List.of())));
  }

  private List<Spanset> steps(Pipeline pipeline, List<Spanset> input) {
    List<Spanset> current = input;
    for (PipelineStep step : pipeline.steps()) {
      current = step(step, current);
    }
    return current;
  }

  private List<Spanset> step(PipelineStep step, List<Spanset> input) {
    if (step instanceof PipelineStep.Coalesce) {
      TreeSet<Integer> all = new TreeSet<>();
      input.forEach(spanset -> all.addAll(spanset.spans()));
      return all.isEmpty() ? List.of() : List.of(new Spanset(List.copyOf(all), List.of()));
    }
    List<Spanset> output = new ArrayList<>();
    for (Spanset spanset : input) {
      switch (step) {
        case SpansetExpr expr -> output.addAll(spansets(expr, spanset));
        case PipelineStep.ScalarFilter filter -> scalar(filter, spanset, output);
        case PipelineStep.GroupBy by -> group(by, spanset, output);
        case PipelineStep.Select select -> output.add(spanset);
        case PipelineStep.Coalesce coalesce -> throw new IllegalStateException();
      }
    }
    return output;
  }

  private List<Spanset> spansets(SpansetExpr expr, Spanset input) {
    return switch (expr) {
      case SpansetExpr.Filter filter ->
          one(
              input.spans().stream().filter(s -> fields.isTrue(filter.condition(), s)).toList(),
              input);
      case SpansetExpr.Logical logical -> {
        List<Spanset> left = spansets(logical.left(), input);
        List<Spanset> right = spansets(logical.right(), input);
        TreeSet<Integer> union = new TreeSet<>(all(left));
        union.addAll(all(right));
        boolean some =
            logical.op() == LogicalOp.AND ? !left.isEmpty() && !right.isEmpty() : !union.isEmpty();
        yield some ? one(List.copyOf(union), input) : List.of();
      }
      case SpansetExpr.Structural structural -> {
        List<Integer> left = all(spansets(structural.left(), input));
        List<Integer> right = all(spansets(structural.right(), input));
        yield one(structural(structural.op(), left, right), input);
      }
      case SpansetExpr.Piped piped -> steps(piped.pipeline(), List.of(input));
    };
  }

  private static List<Spanset> one(List<Integer> spans, Spanset input) {
    return spans.isEmpty() ? List.of() : List.of(new Spanset(spans, input.attributes()));
  }

  private static List<Integer> all(List<Spanset> spansets) {
    return spansets.stream().flatMap(spanset -> spanset.spans().stream()).sorted().toList();
  }

  private List<Integer> structural(StructuralOp op, List<Integer> left, List<Integer> right) {
    TreeSet<Integer> result = new TreeSet<>();
    for (int b : right) {
      boolean some = false;
      for (int a : left) {
        if (related(op.relation(), a, b)) {
          some = true;
          if (op.form() == StructuralOp.Form.UNION) {
            result.add(a);
          }
        }
      }
      if (some == (op.form() != StructuralOp.Form.NEGATED)) {
        result.add(b);
      }
    }
    return List.copyOf(result);
  }

  /** What b is to a. */
  private boolean related(StructuralOp.Relation relation, int a, int b) {
    if (a == b || !isConnected(a) || !isConnected(b)) {
      return false;
    }
    return switch (relation) {
      case CHILD -> spans.parent(b) == a;
      case PARENT -> spans.parent(a) == b;
      case DESCENDANT -> isBelow(b, a);
      case ANCESTOR -> isBelow(a, b);
      case SIBLING -> spans.parent(a) >= 0 && spans.parent(a) == spans.parent(b);
    };
  }

  private boolean isBelow(int lower, int upper) {
    for (int at = spans.parent(lower); at >= 0; at = spans.parent(at)) {
      if (at == upper) {
        return true;
      }
    }
    return false;
  }

  private boolean isConnected(int span) {
    int at = span;
    while (at >= 0) {
      at = spans.parent(at);
    }
    return at == SpanBatch.ROOT;
  }

  private void scalar(PipelineStep.ScalarFilter filter, Spanset spanset, List<Spanset> output) {
    Value value = aggregate(filter.aggregate(), spanset.spans());
    FieldOp op = FieldOp.values()[filter.op().ordinal()];
    Value constant = fields.eval(literal(filter), 0).getFirst();
    if (value != null && NaiveFields.compare(op, value, constant)) {
      output.add(with(spanset, FieldPrinter.print(filter.aggregate()), value, spanset.spans()));
    }
  }

  private static FieldExpr literal(PipelineStep.ScalarFilter filter) {
    return new FieldExpr.Literal(filter.constant(), filter.place());
  }

  private static Spanset with(Spanset spanset, String name, Value value, List<Integer> spans) {
    List<NamedValue> attributes = new ArrayList<>();
    for (NamedValue attribute : spanset.attributes()) {
      if (!attribute.name().equals(name)) {
        attributes.add(attribute);
      }
    }
    attributes.add(new NamedValue(name, value));
    return new Spanset(spans, attributes);
  }

  private Value aggregate(Aggregate aggregate, List<Integer> rows) {
    if (!(aggregate instanceof Aggregate.Over over)) {
      return new Value.Int(rows.size());
    }
    List<Value> values =
        rows.stream()
            .map(row -> fields.one(over.operand(), row))
            .filter(value -> NaiveFields.number(value) != null)
            .toList();
    if (values.isEmpty()) {
      return null;
    }
    boolean ints = values.stream().allMatch(v -> v instanceof Value.Int);
    boolean durations = values.stream().allMatch(v -> v instanceof Value.Duration);
    double decimals = 0;
    BigInteger whole = BigInteger.ZERO;
    Value least = values.getFirst();
    Value greatest = values.getFirst();
    for (Value value : values) {
      if (value instanceof Value.Decimal(double number)) {
        decimals += number;
      } else {
        whole = whole.add(NaiveFields.number(value).toBigIntegerExact());
      }
      least = NaiveFields.compare(FieldOp.LESS, value, least) ? value : least;
      greatest = NaiveFields.compare(FieldOp.GREATER, value, greatest) ? value : greatest;
    }
    double sum = whole.doubleValue() + decimals;
    boolean fits = whole.bitLength() < 64;
    return switch (over.op()) {
      case MIN -> least;
      case MAX -> greatest;
      case SUM ->
          ints && fits
              ? new Value.Int(whole.longValue())
              : durations && fits ? new Value.Duration(whole.longValue()) : new Value.Decimal(sum);
      case AVG ->
          durations
              ? new Value.Duration(whole.divide(BigInteger.valueOf(values.size())).longValue())
              : new Value.Decimal(sum / values.size());
    };
  }

  private void group(PipelineStep.GroupBy by, Spanset spanset, List<Spanset> output) {
    Map<Value, List<Integer>> groups = new LinkedHashMap<>();
    for (int span : spanset.spans()) {
      groups.computeIfAbsent(fields.one(by.expression(), span), v -> new ArrayList<>()).add(span);
    }
    groups.forEach(
        (value, members) -> output.add(with(spanset, QueryPrinter.print(by), value, members)));
  }
}
