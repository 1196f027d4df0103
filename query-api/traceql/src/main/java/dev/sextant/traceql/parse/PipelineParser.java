package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps between pipes, up to a metrics function and its stages. */
final class PipelineParser {
  private final Tokens tokens;
  private final Levels levels;
  private final TermParser terms;
  private final MetricsParser metrics;

  PipelineParser(Tokens tokens, Levels levels, Faults faults, FieldParser fields) {
    this.tokens = tokens;
    this.levels = levels;
    StepParser steps = new StepParser(tokens, fields, faults);
    this.terms = new TermParser(this, tokens, levels, faults, steps);
    this.metrics = new MetricsParser(tokens, terms, fields, steps, faults);
  }

  /**
   * A pipeline, or what stands alone in its place.
   *
   * @param nested whether it stands in parentheses, where an aggregate may end it
   */
  Term pipeline(boolean nested) {
    int start = tokens.peek().place().start();
    Term head = terms.terms(true);
    if (head instanceof Term.Series series) {
      return metrics.stages(series, start);
    }
    if (!tokens.at("|")) {
      return head;
    }
    List<PipelineStep> steps = new ArrayList<>();
    steps.add(step(head));
    int deepest = levels.last();
    Term end = null;
    while (end == null && tokens.take("|")) {
      if (tokens.peek() instanceof Token.Word word && Words.METRICS.contains(word.text())) {
        end = series(steps, word, start);
      } else if (tokens.atWord("coalesce")) {
        steps.add(coalesce());
      } else {
        end = next(steps, nested);
      }
      deepest = Math.max(deepest, levels.last());
    }
    levels.set(deepest);
    return end != null ? end : new Term.Steps(pipeline(steps));
  }

  private Term series(List<PipelineStep> steps, Token.Word name, int start) {
    Pipeline pipeline = pipeline(steps);
    MetricsFunction function = metrics.function(name);
    Place place = new Place(start, function.place().end());
    return metrics.stages(
        new Term.Series(new MetricsExpr.Series(pipeline, function, place)), start);
  }

  /** Adds a step; gives what the pipeline is where an aggregate ends it. */
  private @Nullable Term next(List<PipelineStep> steps, boolean nested) {
    Term next = terms.terms(false);
    boolean last = nested && tokens.at(")");
    if (last && next instanceof Term.Number number && number.scalar() instanceof Scalar.Of of) {
      return new Term.Number(new Scalar.Piped(pipeline(steps), of.aggregate()));
    }
    steps.add(step(next));
    return null;
  }

  private PipelineStep step(Term term) {
    return switch (term) {
      case Term.Spans spans -> spans.expr();
      case Term.Step step -> step.step();
      default -> throw tokens.unexpected();
    };
  }

  private PipelineStep coalesce() {
    Token name = tokens.next();
    tokens.expect("(");
    return new PipelineStep.Coalesce(name.place().to(tokens.expect(")").place()));
  }

  private static Pipeline pipeline(List<PipelineStep> steps) {
    return new Pipeline(steps, steps.getFirst().place().to(steps.getLast().place()));
  }
}
