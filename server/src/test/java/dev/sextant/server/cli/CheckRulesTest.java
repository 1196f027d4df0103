package dev.sextant.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRulesTest {
  @TempDir Path dir;

  private Path file(String name, String yaml) throws IOException {
    return Files.writeString(dir.resolve(name), yaml);
  }

  private static final String TWICE =
      """
      groups:
        - name: a
          rules:
            - {record: x, expr: up, labels: {a: b}}
            - {record: x, expr: down, labels: {a: b}}
            - {record: x, expr: down}
      """;

  @Test
  void good_countsRulesAndNamesDuplicates() throws IOException {
    Path twice = file("twice.yaml", TWICE);
    CommandRun run = CommandRun.of("check", "rules", twice);

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "Checking " + twice,
            "  SUCCESS: 3 rules found",
            "  LINT: 1 duplicate rule(s) found",
            "    x {a=b}",
            "    duplicates may record different values under one name",
            "");
    assertThat(CommandRun.of("check", "rules", "--lint-fatal", twice).code()).isEqualTo(3);
    assertThat(CommandRun.of("check", "rules", "--lint=none", "--lint-fatal", twice).code())
        .isZero();
  }

  @Test
  void wrong_isNamedWithFileLineColumnAndPlaceInTheExpression() throws IOException {
    Path bad =
        file("bad.yaml", "groups:\n  - name: a\n    rules:\n      - {alert: b, expr: 'up +'}\n");
    Path good = file("good.yaml", "groups: []");
    CommandRun run = CommandRun.of("check", "rules", bad, good);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines())
        .containsExactly(
            "Checking " + bad,
            "  FAILED:",
            "  "
                + bad
                + ":4:26: group 'a', rule 1 'b': could not parse expression: 1:5: parse error:"
                + " unexpected end of input",
            "",
            "Checking " + good,
            "  SUCCESS: 0 rules found",
            "");
  }

  @Test
  void experimentalLanguage_needsItsFeature() throws IOException {
    Path file =
        file("f.yaml", "groups: [{name: a, rules: [{record: x, expr: 'rate(up[1m * 2])'}]}]");

    assertThat(CommandRun.of("check", "rules", file).code()).isEqualTo(1);
    assertThat(
            CommandRun.of("check", "rules", "--enable-feature", "promql-duration-expr", file)
                .code())
        .isZero();
    CommandRun unknown = CommandRun.of("check", "rules", "--enable-feature=magic", file);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("'magic' is no feature of PromQL; there are promql-");
  }

  @Test
  void unknownKeys_canBeIgnored() throws IOException {
    Path file = file("f.yaml", "groups: [{name: a, owner: me}]");

    assertThat(CommandRun.of("check", "rules", file).out()).contains(":1:20: unknown key 'owner'");
    assertThat(CommandRun.of("check", "rules", "--ignore-unknown-fields", file).code()).isZero();
  }

  @Test
  void missingFileOrWrongOption_isTwo() throws IOException {
    CommandRun missing = CommandRun.of("check", "rules", dir.resolve("none.yaml"));

    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).startsWith("sextant: there is no file " + dir.resolve("none.yaml"));
    assertThat(CommandRun.of("check", "rules", "--lint=x", file("f.yaml", "")).code()).isEqualTo(2);
    assertThat(CommandRun.of("check").code()).isEqualTo(2);
  }
}
