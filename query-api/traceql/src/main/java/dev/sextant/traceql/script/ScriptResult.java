package dev.sextant.traceql.script;

import java.util.List;

/**
 * What became of a script.
 *
 * @param script its name
 * @param outcomes one for each question, in order
 */
public record ScriptResult(String script, List<Outcome> outcomes) {
  public ScriptResult {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * What became of one question.
   *
   * @param line from 1
   * @param query as written
   * @param reruns how often it ran after the first time, in another way to the same answer
   * @param failures what was expected and what came instead, for each run that failed; empty where
   *     all passed
   */
  public record Outcome(int line, String query, int reruns, List<String> failures) {
    public Outcome {
      failures = List.copyOf(failures);
    }

    public boolean passed() {
      return failures.isEmpty();
    }
  }

  /** How many questions there are. */
  public int cases() {
    return outcomes.size();
  }

  public int passed() {
    return (int) outcomes.stream().filter(Outcome::passed).count();
  }

  /** What failed, each as {@code SCRIPT:LINE: QUERY: WHAT}. */
  public List<String> failures() {
    return outcomes.stream()
        .flatMap(
            outcome ->
                outcome.failures().stream()
                    .map(
                        failure ->
                            script
                                + ":"
                                + outcome.line()
                                + ": "
                                + outcome.query()
                                + ": "
                                + failure))
        .toList();
  }
}
