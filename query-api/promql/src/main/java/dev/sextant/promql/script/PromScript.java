package dev.sextant.promql.script;

import dev.sextant.promql.PromEngine;
import java.util.ArrayList;
import java.util.List;

/**
 * A script in the language of Prometheus' engine tests: {@code clear}, {@code load} and {@code
 * eval} with what is expected of each. Immutable; may run any number of times.
 */
public final class PromScript {
  private final String name;
  private final List<ScriptCommand> commands;

  private PromScript(String name, List<ScriptCommand> commands) {
    this.name = name;
    this.commands = commands;
  }

  /**
   * Reads a script.
   *
   * @param name for messages, such as its file's
   * @throws ScriptException naming the line that is wrong
   */
  public static PromScript parse(String name, String text) {
    return new PromScript(name, new ScriptParser(name, text).parse());
  }

  /** Runs it over series in memory. */
  public ScriptResult run(PromEngine engine) {
    return run(engine, ScriptStore::inMemory);
  }

  /** Runs it over stores of a kind, each of which it closes. */
  public ScriptResult run(PromEngine engine, ScriptStore.Factory stores) {
    List<ScriptResult.Outcome> outcomes = new ArrayList<>();
    ScriptStore store = stores.open();
    try {
      for (ScriptCommand command : commands) {
        switch (command) {
          case ScriptCommand.Clear clear -> {
            store.close();
            store = stores.open();
          }
          case Load load -> load.into(store);
          case Eval eval -> outcomes.add(new EvalRuns(engine, store.source(), eval).run());
        }
      }
    } finally {
      store.close();
    }
    return new ScriptResult(name, outcomes);
  }
}
