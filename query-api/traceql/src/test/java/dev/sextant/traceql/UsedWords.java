package dev.sextant.traceql;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.StructuralOp;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.HashSet;
import java.util.Set;

/** Which operators, intrinsics and functions there are, and which a query uses. */
final class UsedWords {
  private final Set<String> used = new HashSet<>();

  private UsedWords() {}

  /** All that the language has. */
  static Set<String> all() {
    Set<String> all = new HashSet<>();
    for (FieldOp op : FieldOp.values()) {
      all.add("field " + op);
    }
    for (FieldExpr.UnaryOp op : FieldExpr.UnaryOp.values()) {
      all.add("field " + op);
    }
    for (LogicalOp op : LogicalOp.values()) {
      all.add("field " + op);
      all.add("spanset " + op);
    }
    for (String word : new String[] {"MATCH", "NOT MATCH", "PRESENT", "ABSENT"}) {
      all.add("field " + word);
    }
    for (StructuralOp op : StructuralOp.values()) {
      all.add("spanset " + op);
    }
    for (Comparison op : Comparison.values()) {
      all.add("scalar " + op);
      all.add("stage " + op);
    }
    for (Aggregate.Op op : Aggregate.Op.values()) {
      all.add("aggregate " + op);
      all.add("metrics " + op.text() + "_over_time");
    }
    for (Intrinsic intrinsic : Intrinsic.values()) {
      all.add(intrinsic.text());
    }
    for (Attribute.Scope scope : Attribute.Scope.values()) {
      all.add("scope " + scope);
    }
    for (Static.Status status : Static.Status.values()) {
      all.add("status " + status);
    }
    for (Static.Kind kind : Static.Kind.values()) {
      all.add("kind " + kind);
    }
    for (MetricsExpr.MathOp op : MetricsExpr.MathOp.values()) {
      all.add("math " + op);
    }
    all.addAll(
        Set.of(
            "aggregate COUNT",
            "step by",
            "step select",
            "step coalesce",
            "step piped",
            "metrics rate",
            "metrics count_over_time",
            "metrics histogram_over_time",
            "metrics quantile_over_time",
            "metrics compare",
            "stage topk",
            "stage bottomk",
            "math scalar"));
    return all;
  }

  /** What a query uses; nothing of one that is refused. */
  static Set<String> of(String query) {
    UsedWords words = new UsedWords();
    Query parsed;
    try {
      parsed = TraceQlParser.parse(query);
    } catch (QueryException e) {
      // Expected to be refused, and so no use of anything.
      return Set.of();
    }
    switch (parsed.body()) {
      case Query.Body.Search search -> words.pipeline(search.pipeline());
      case Query.Body.Metrics metrics -> words.metrics(metrics.expr());
    }
    return words.used;
  }

  private void pipeline(Pipeline pipeline) {
    for (PipelineStep step : pipeline.steps()) {
      switch (step) {
        case SpansetExpr expr -> spanset(expr);
        case PipelineStep.ScalarFilter filter -> {
          used.add("scalar " + filter.op());
          aggregate(filter.aggregate());
        }
        case PipelineStep.GroupBy by -> {
          used.add("step by");
          field(by.expression());
        }
        case PipelineStep.Select select -> {
          used.add("step select");
          select.references().forEach(this::reference);
        }
        case PipelineStep.Coalesce coalesce -> used.add("step coalesce");
      }
    }
  }

  private void aggregate(Aggregate aggregate) {
    switch (aggregate) {
      case Aggregate.Count count -> used.add("aggregate COUNT");
      case Aggregate.Over over -> {
        used.add("aggregate " + over.op());
        field(over.operand());
      }
    }
  }

  private void spanset(SpansetExpr expr) {
    switch (expr) {
      case SpansetExpr.Filter filter -> field(filter.condition());
      case SpansetExpr.Logical logical -> {
        used.add("spanset " + logical.op());
        spanset(logical.left());
        spanset(logical.right());
      }
      case SpansetExpr.Structural structural -> {
        used.add("spanset " + structural.op());
        spanset(structural.left());
        spanset(structural.right());
      }
      case SpansetExpr.Piped piped -> {
        used.add("step piped");
        pipeline(piped.pipeline());
      }
    }
  }

  private void field(FieldExpr expr) {
    switch (expr) {
      case FieldExpr.Literal literal -> literal(literal.value());
      case FieldExpr.Field field -> reference(field.reference());
      case FieldExpr.Unary unary -> {
        used.add("field " + unary.op());
        field(unary.operand());
      }
      case FieldExpr.Logical logical -> {
        used.add("field " + logical.op());
        logical.operands().forEach(this::field);
      }
      case FieldExpr.Binary binary -> {
        used.add("field " + binary.op());
        field(binary.left());
        field(binary.right());
      }
      case FieldExpr.Match match -> {
        used.add(match.negated() ? "field NOT MATCH" : "field MATCH");
        field(match.operand());
      }
      case FieldExpr.Presence presence -> {
        used.add(presence.present() ? "field PRESENT" : "field ABSENT");
        field(presence.operand());
      }
    }
  }

  private void literal(Static value) {
    switch (value) {
      case Static.Status status -> used.add("status " + status);
      case Static.Kind kind -> used.add("kind " + kind);
      default -> {}
    }
  }

  private void reference(Reference reference) {
    switch (reference) {
      case Intrinsic intrinsic -> used.add(intrinsic.text());
      case Attribute attribute -> used.add("scope " + attribute.scope());
    }
  }

  private void metrics(MetricsExpr expr) {
    switch (expr) {
      case MetricsExpr.Series series -> {
        pipeline(series.pipeline());
        function(series.function());
      }
      case MetricsExpr.Staged staged -> {
        metrics(staged.input());
        for (MetricsStage stage : staged.stages()) {
          switch (stage) {
            case MetricsStage.Rank rank -> used.add(rank.bottom() ? "stage bottomk" : "stage topk");
            case MetricsStage.Threshold threshold -> used.add("stage " + threshold.op());
          }
        }
      }
      case MetricsExpr.Math math -> {
        used.add("math " + math.op());
        metrics(math.left());
        metrics(math.right());
      }
      case MetricsExpr.Scalar scalar -> used.add("math scalar");
    }
  }

  private void function(MetricsFunction function) {
    used.add("metrics " + function.name());
    function.by().forEach(this::reference);
    switch (function) {
      case MetricsFunction.Count count -> {}
      case MetricsFunction.OverTime over -> reference(over.of());
      case MetricsFunction.Histogram histogram -> reference(histogram.of());
      case MetricsFunction.Quantile quantile -> reference(quantile.of());
      case MetricsFunction.Compare compare -> field(compare.selection().condition());
    }
  }
}
