package dev.sextant.promql.exec;

import dev.sextant.promql.QueryStatistics;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what a query does, where somebody wants to know. For one thread. */
final class Profile {
  private static final class Node {
    private final Span span;
    private final int depth;
    private long series;
    private long points;
    private long nanos;

    Node(Span span, int depth) {
      this.span = span;
      this.depth = depth;
    }
  }

  private final LongSupplier nanoTime;
  private final Steps outer;
  private final long[] samplesPerStep;
  private final List<Node> nodes = new ArrayList<>();
  private int depth;

  Profile(LongSupplier nanoTime, Steps outer) {
    this.nanoTime = nanoTime;
    this.outer = outer;
    this.samplesPerStep = new long[outer.count()];
  }

  /** Plans a node so that its work is counted. */
  VectorOp node(Expr expr, Supplier<VectorOp> plan) {
    Node node = new Node(expr.span(), depth);
    nodes.add(node);
    depth++;
    VectorOp op = plan.get();
    depth--;
    return (execution, steps) -> {
      long start = nanoTime.getAsLong();
      SeriesStream in = op.open(execution, steps);
      node.nanos += nanoTime.getAsLong() - start;
      return new Counted(in, node);
    };
  }

  private final class Counted implements SeriesStream {
    private final SeriesStream in;
    private final Node node;

    Counted(SeriesStream in, Node node) {
      this.in = in;
      this.node = node;
    }

    @Override
    public @Nullable StepSeries next() {
      long start = nanoTime.getAsLong();
      StepSeries series = in.next();
      node.nanos += nanoTime.getAsLong() - start;
      if (series != null) {
        node.series++;
        node.points += series.size();
      }
      return series;
    }

    @Override
    public void close() {
      in.close();
    }
  }

  /** Notes samples read for a time, which need not be that of a step. */
  void read(long timeMillis, long samples) {
    long interval = Math.max(1, outer.intervalMillis());
    long step = Math.ceilDiv(timeMillis - outer.startMillis(), interval);
    samplesPerStep[(int) Math.max(0, Math.min(outer.count() - 1, step))] += samples;
  }

  private static String text(Execution execution, Span span) {
    return execution.query().substring(span.start(), span.end());
  }

  QueryStatistics statistics(Execution execution, long prepare, long eval, long sort) {
    long samples = 0;
    for (long each : samplesPerStep) {
      samples += each;
    }
    return new QueryStatistics(
        prepare,
        eval,
        sort,
        samples,
        outer,
        samplesPerStep,
        execution.peakSamples(),
        execution.peakMemoryBytes(),
        nodes.stream()
            .map(
                n ->
                    new QueryStatistics.Node(
                        text(execution, n.span), n.depth, n.series, n.points, n.nanos))
            .toList());
  }
}
