package dev.sextant.traceql.script;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.TraceQlEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A script: traces, questions, and the answers they must have. Immutable; may run any number of
 * times.
 */
public final class TraceQlScript {
  private final String name;
  private final List<ScriptCommand> commands;

  private TraceQlScript(String name, List<ScriptCommand> commands) {
    this.name = name;
    this.commands = commands;
  }

  /**
   * Reads a script.
   *
   * @param name for messages, such as its file's
   * @throws ScriptException naming the line that is wrong
   */
  public static TraceQlScript parse(String name, String text) {
    return new TraceQlScript(name, new ScriptParser(name, text).parse());
  }

  /** Runs it over spans in memory. */
  public ScriptResult run(TraceQlEngine engine) {
    return run(engine, MemorySpanSource::new, false);
  }

  /**
   * Runs it over sources of a kind. Exemplars are the first spans that come, so that any will do.
   *
   * @param sources makes a source of spans, given in the order of their arrival; some may come
   *     again, of which the first counts
   */
  public ScriptResult run(
      TraceQlEngine engine, Function<? super List<PlainSpan>, ? extends SpanSource> sources) {
    return run(engine, sources, true);
  }

  private ScriptResult run(
      TraceQlEngine engine,
      Function<? super List<PlainSpan>, ? extends SpanSource> sources,
      boolean anyExemplars) {
    List<ScriptResult.Outcome> outcomes = new ArrayList<>();
    Traces traces = new Traces();
    CaseRuns runs = null;
    for (ScriptCommand command : commands) {
      switch (command) {
        case ScriptCommand.Clear clear -> {
          traces = new Traces();
          runs = null;
        }
        case TraceBlock block -> {
          traces.add(block);
          runs = null;
        }
        case SearchCase search -> {
          runs = runs != null ? runs : new CaseRuns(engine, sources, traces, anyExemplars);
          outcomes.add(runs.search(search));
        }
        case MetricsCase metrics -> {
          runs = runs != null ? runs : new CaseRuns(engine, sources, traces, anyExemplars);
          outcomes.add(runs.metrics(metrics));
        }
      }
    }
    return new ScriptResult(name, outcomes);
  }

  /** The questions' queries, as written. */
  public List<String> queries() {
    List<String> queries = new ArrayList<>();
    for (ScriptCommand command : commands) {
      switch (command) {
        case SearchCase search -> queries.add(search.query());
        case MetricsCase metrics -> queries.add(metrics.query());
        case ScriptCommand.Clear clear -> {}
        case TraceBlock block -> {}
      }
    }
    return queries;
  }
}
