package dev.sextant.promql.script;

import java.util.List;

/**
 * What became of a script.
 *
 * @param script its name
 * @param outcomes one for each {@code eval}, in order
 */
public record ScriptResult(String script, List<Outcome> outcomes) {
  /**
   * What became of one {@code eval}.
   *
   * @param line from 1
   * @param expression as written
   * @param reruns how often it ran after the first time, rewritten to have the same answer
   * @param failures what was expected and what came instead, for each run that failed; empty where
   *     all passed
   */
  public record Outcome(int line, String expression, int reruns, List<String> failures) {
    public boolean passed() {
      return failures.isEmpty();
    }
  }

  public int evals() {
    return outcomes.size();
  }

  public int passed() {
    return (int) outcomes.stream().filter(Outcome::passed).count();
  }

  /** How often evaluations ran again in another form. */
  public int reruns() {
    return outcomes.stream().mapToInt(Outcome::reruns).sum();
  }

  /** What failed, each as {@code SCRIPT:LINE: EXPRESSION: WHAT}. */
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
                                + outcome.expression()
                                + ": "
                                + failure))
        .toList();
  }
}
