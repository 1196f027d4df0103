package dev.sextant.collector.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.relabel.RelabelRule.Action;
import dev.sextant.metrics.model.LabelRegex;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Inputs and outputs as Prometheus' documentation of each action has them. */
class RelabelTest {
  private static final Map<String, String> LABELS =
      Map.of("a", "foo", "b", "bar", "c", "baz", "__meta_x", "m");

  @Test
  void replace_joinsMatchesAndExpands() {
    assertThat(run(rule(Action.REPLACE, "a,b", "f(.*);(.*)r", "d", "ch${1}-ch${2}", 0)))
        .containsEntry("d", "choo-chba");
    assertThat(run(rule(Action.REPLACE, "a", "nope", "d", "x", 0))).doesNotContainKey("d");
    assertThat(run(rule(Action.REPLACE, "a", "(.*)", "d", "$1$$${2}x$9y", 0)))
        .containsEntry("d", "foo$x");
    assertThat(run(rule(Action.REPLACE, "a", ".*", "a", "", 0))).doesNotContainKey("a");
    assertThat(run(rule(Action.REPLACE, "a", "(?<n>f).*", "t_${n}", "$n", 0)))
        .containsEntry("t_f", "f");
    assertThat(run(rule(Action.REPLACE, "a", "(.*)", "${1}-no", "x", 0))).isEqualTo(LABELS);
  }

  @Test
  void keepAndDrop_matchTheWholeValue() {
    assertThat(run(rule(Action.KEEP, "a", "foo", "", "", 0))).isEqualTo(LABELS);
    assertThat(run(rule(Action.KEEP, "a", "fo", "", "", 0))).isNull();
    assertThat(run(rule(Action.DROP, "a", "f.*", "", "", 0))).isNull();
    assertThat(run(rule(Action.DROP, "a", "fo", "", "", 0))).isEqualTo(LABELS);
    assertThat(run(rule(Action.KEEPEQUAL, "a", "(.*)", "a", "", 0))).isEqualTo(LABELS);
    assertThat(run(rule(Action.KEEPEQUAL, "a", "(.*)", "b", "", 0))).isNull();
    assertThat(run(rule(Action.DROPEQUAL, "a", "(.*)", "a", "", 0))).isNull();
  }

  @Test
  void namesOfLabels_areMappedDroppedAndKept() {
    assertThat(run(rule(Action.LABELMAP, "", "__meta_(.*)", "", "got_$1", 0)))
        .containsEntry("got_x", "m")
        .containsEntry("__meta_x", "m");
    assertThat(run(rule(Action.LABELDROP, "", "[ab]", "", "", 0)).keySet())
        .containsExactly("__meta_x", "c");
    assertThat(run(rule(Action.LABELKEEP, "", "[ab]", "", "", 0)).keySet())
        .containsExactly("a", "b");
  }

  @Test
  void hashmodAndCase() {
    assertThat(run(rule(Action.HASHMOD, "c", "(.*)", "d", "", 1000))).containsEntry("d", "976");
    assertThat(run(rule(Action.UPPERCASE, "a", "(.*)", "d", "", 0))).containsEntry("d", "FOO");
    assertThat(run(rule(Action.LOWERCASE, "a", "(.*)", "d", "", 0))).containsEntry("d", "foo");
  }

  private static Map<String, String> run(RelabelRule rule) {
    TreeMap<String, String> labels = new TreeMap<>(LABELS);
    return RelabelRule.apply(List.of(rule), labels) ? labels : null;
  }

  private static RelabelRule rule(
      Action action,
      String sources,
      String regex,
      String target,
      String replacement,
      long modulus) {
    return new RelabelRule(
        action,
        sources.isEmpty() ? List.of() : List.of(sources.split(",")),
        ";",
        LabelRegex.compile(regex),
        target,
        replacement,
        modulus);
  }
}
