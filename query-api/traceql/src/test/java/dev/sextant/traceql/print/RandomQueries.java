package dev.sextant.traceql.print;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.MetricsStage;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.ast.StructuralOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random trees of all that the language has, as the parser would give them. */
final class RandomQueries {
  private final Random random;
  private final RandomFields fields;

  RandomQueries(Random random) {
    this.random = random;
    this.fields = new RandomFields(random);
  }

  Query query() {
    Query.Body body =
        random.nextBoolean()
            ? new Query.Body.Search(pipeline(true))
            : new Query.Body.Metrics(random.nextBoolean() ? staged(series()) : maths());
    List<Query.Hint> hints = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Static value =
          fields.one(
              List.of(Static.TRUE, Static.NIL, Static.Kind.SERVER, new Static.Int(7), text()));
      hints.add(new Query.Hint(fields.one(List.of("sample", "most_recent", "x_1")), value));
    }
    return new Query(body, hints);
  }

  private Static text() {
    return fields.string();
  }

  private Pipeline pipeline(boolean head) {
    List<PipelineStep> steps = new ArrayList<>();
    steps.add(step(true, head));
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(step(false, false));
    }
    return new Pipeline(steps, Place.NONE);
  }

  private PipelineStep step(boolean first, boolean head) {
    return switch (random.nextInt(first ? 8 : 10)) {
      case 0 ->
          new PipelineStep.ScalarFilter(
              aggregate(), fields.one(List.of(Comparison.values())), numeral(), Place.NONE);
      case 1 -> new PipelineStep.GroupBy(fields.arithmetic(2), Place.NONE);
      case 2 -> new PipelineStep.Select(references(1), Place.NONE);
      case 8, 9 -> new PipelineStep.Coalesce(Place.NONE);
      default -> spanset(3, head);
    };
  }

  private Aggregate aggregate() {
    return random.nextInt(3) == 0
        ? new Aggregate.Count()
        : new Aggregate.Over(fields.one(List.of(Aggregate.Op.values())), fields.arithmetic(2));
  }

  private SpansetExpr spanset(int depth, boolean head) {
    return switch (random.nextInt(depth <= 0 ? 1 : 5)) {
      case 1 ->
          new SpansetExpr.Logical(
              fields.one(List.of(LogicalOp.values())),
              spanset(depth - 1, head),
              spanset(depth - 1, head),
              Place.NONE);
      case 2 ->
          new SpansetExpr.Structural(
              fields.one(List.of(StructuralOp.values())),
              spanset(depth - 1, head),
              spanset(depth - 1, head),
              Place.NONE);
      case 3 -> head ? piped() : filter();
      default -> filter();
    };
  }

  private SpansetExpr piped() {
    Pipeline pipeline = pipeline(true);
    boolean bare =
        pipeline.steps().size() == 1 && pipeline.steps().getFirst() instanceof SpansetExpr;
    return bare
        ? (SpansetExpr) pipeline.steps().getFirst()
        : new SpansetExpr.Piped(pipeline, Place.NONE);
  }

  private SpansetExpr.Filter filter() {
    return new SpansetExpr.Filter(fields.condition(3), Place.NONE);
  }

  private List<Reference> references(int least) {
    List<Reference> references = new ArrayList<>();
    for (int i = least + random.nextInt(4); i > 0; i--) {
      references.add(fields.reference());
    }
    return references;
  }

  private MetricsExpr series() {
    return new MetricsExpr.Series(pipeline(true), function(), Place.NONE);
  }

  private MetricsFunction function() {
    Reference of = fields.reference();
    List<Reference> by = references(0);
    return switch (random.nextInt(4)) {
      case 0 -> new MetricsFunction.Count(random.nextBoolean(), by, Place.NONE);
      case 1 ->
          new MetricsFunction.OverTime(
              fields.one(List.of(Aggregate.Op.values())), of, by, Place.NONE);
      case 2 -> new MetricsFunction.Histogram(of, by, Place.NONE);
      default ->
          new MetricsFunction.Quantile(of, List.of(random.nextDouble(), 0.0, 1.0), by, Place.NONE);
    };
  }

  private MetricsExpr staged(MetricsExpr input) {
    List<MetricsStage> stages = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      stages.add(
          random.nextBoolean()
              ? new MetricsStage.Rank(
                  random.nextBoolean(), 1 + random.nextInt(Integer.MAX_VALUE), Place.NONE)
              : new MetricsStage.Threshold(
                  fields.one(List.of(Comparison.values())), numeral(), Place.NONE));
    }
    return stages.isEmpty() ? input : new MetricsExpr.Staged(input, stages, Place.NONE);
  }

  private MetricsExpr maths() {
    if (random.nextInt(5) == 0) {
      MetricsFunction.Range range =
          random.nextBoolean() ? new MetricsFunction.Range(5, 1L << 60) : null;
      return new MetricsExpr.Series(
          pipeline(true),
          new MetricsFunction.Compare(filter(), 1 + random.nextInt(1000), range, Place.NONE),
          Place.NONE);
    }
    return staged(math(3));
  }

  private MetricsExpr math(int depth) {
    if (depth == 0) {
      return staged(series());
    }
    MetricsExpr known = random.nextBoolean() ? math(depth - 1) : staged(series());
    MetricsExpr other = random.nextBoolean() ? math(depth - 1) : scalar();
    boolean swap = random.nextBoolean();
    return new MetricsExpr.Math(
        fields.one(List.of(MetricsExpr.MathOp.values())),
        swap ? other : known,
        swap ? known : other,
        Place.NONE);
  }

  private MetricsExpr scalar() {
    return new MetricsExpr.Scalar(
        random.nextBoolean() ? random.nextInt() : random.nextGaussian(), Place.NONE);
  }

  private Static numeral() {
    return fields.numeral();
  }
}
