package dev.sextant.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our checks and unit tests beside the real promtool's, over Prometheus' own files and ours. */
class PromtoolIT {
  private static final Path CORPORA =
      System.getenv("SEXTANT_CORPORA") != null
          ? Path.of(System.getenv("SEXTANT_CORPORA"))
          : Path.of(System.getProperty("sextant.root", "..")).resolve("../shared/corpora");
  private static final Path PROMETHEUS = CORPORA.resolve("prometheus");
  private static final Path DATA = PROMETHEUS.resolve("cmd/promtool/testdata");

  /** What tells one test's failure from another's. */
  private static final Pattern FAILED_TEST =
      Pattern.compile("((?:alertname|expr|rule): .*?, time: \\w+)");

  private static final Pattern RULES = Pattern.compile("SUCCESS: (\\d+) rules found");

  @TempDir Path dir;

  @BeforeAll
  static void corpora() {
    assumeTrue(Files.isDirectory(DATA), "skipped: " + DATA + " is not there");
  }

  private record Run(int code, String output) {
    private TreeSet<String> failedTests() {
      TreeSet<String> failed = new TreeSet<>();
      Matcher matcher = FAILED_TEST.matcher(output);
      while (matcher.find()) {
        failed.add(matcher.group(1));
      }
      return failed;
    }

    private String rules() {
      Matcher matcher = RULES.matcher(output);
      return matcher.find() ? matcher.group(1) : "";
    }
  }

  private static Run promtool(Object... args) {
    assumeTrue(installed(), "skipped: promtool is not installed");
    List<String> command = new ArrayList<>(List.of("promtool"));
    Stream.of(args).map(Object::toString).forEach(command::add);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
  }

  private static Run sextant(Object... args) {
    CommandRun run = CommandRun.of(args);
    return new Run(run.code(), run.out() + run.err());
  }

  private static void assertAlike(Path file) {
    Run theirs = promtool("test", "rules", file);
    Run ours = sextant("test", "rules", file);

    assertThat(ours.code()).as(ours.output() + theirs.output()).isEqualTo(theirs.code());
    assertThat(ours.failedTests()).isEqualTo(theirs.failedTests());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at-modifier-test",
        "bad-input-series",
        "bad-promql",
        "bad-rules-error-test",
        "bad-rules-syntax-test",
        "failing",
        "features",
        "long-period",
        "negative-offset-test",
        "rules_run",
        "rules_run_extrafields"
      })
  void unitTests_endAsPromtools(String name) {
    assertAlike(DATA.resolve(name + ".yml"));
  }

  /**
   * Files with what only promtool 3 knows: default intervals, fuzzy_compare, histograms, starts.
   */
  @ParameterizedTest
  @CsvSource({
    "no-test-group-interval, 0, 0",
    "unittest, 0, 0",
    "start-time-test, 0, 0",
    "rules_run_fuzzy, 1, 2",
    "rules_run_no_fuzzy, 1, 2"
  })
  void unitTests_ofNewerPromtools_endAsThereDescribed(String name, int code, int failed) {
    Run ours = sextant("test", "rules", DATA.resolve(name + ".yml"));

    assertThat(ours.code()).as(ours.output()).isEqualTo(code);
    assertThat(ours.failedTests()).hasSize(failed);
  }

  @Test
  void unitTests_options_selectAndIgnore() {
    Path run = DATA.resolve("rules_run.yml");
    assertThat(sextant("test", "rules", "--run=correct", run).code()).isZero();
    assertThat(sextant("test", "rules", "--run=wrong", run).code()).isEqualTo(1);
    assertThat(
            sextant(
                    "test",
                    "rules",
                    "--ignore-unknown-fields",
                    DATA.resolve("rules_run_extrafields.yml"))
                .code())
        .isZero();
  }

  @Test
  void unitTests_ofOurOwn_failWherePromtoolFails() throws IOException {
    for (String name : List.of("shop-rules.yaml", "shop-tests.yaml")) {
      try (var resource = PromtoolIT.class.getResourceAsStream(name)) {
        Files.write(dir.resolve(name), resource.readAllBytes());
      }
    }
    Path tests = dir.resolve("shop-tests.yaml");

    assertAlike(tests);
    assertThat(sextant("test", "rules", tests).failedTests()).hasSize(6);
  }

  private static List<Path> ruleFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of(
            "at-modifier",
            "bad-promql",
            "bad-rules-error",
            "bad-rules-syntax",
            "negative-offset",
            "prometheus-config.bad",
            "prometheus-config.good",
            "prometheus-rules.lint",
            "rules",
            "rules-bad",
            "rules_duplicates",
            "rules_extrafields",
            "rules_large")) {
      files.add(DATA.resolve(name + ".yml"));
    }
    for (String folder :
        List.of("rules/fixtures", "model/rulefmt/testdata", "cmd/prometheus/testdata/rules")) {
      try (Stream<Path> all = Files.list(PROMETHEUS.resolve(folder))) {
        all.sorted().forEach(files::add);
      }
    }
    return files;
  }

  @Test
  void checks_endAsPromtools() throws IOException {
    Map<String, String> different = new TreeMap<>();
    List<Path> files = ruleFiles();
    for (Path file : files) {
      Run theirs = promtool("check", "rules", file);
      Run ours = sextant("check", "rules", file);
      boolean alike =
          ours.code() == theirs.code()
              && (theirs.rules().isEmpty() || theirs.rules().equals(ours.rules()));
      if (!alike) {
        different.put(file.getFileName().toString(), ours.code() + " for " + theirs.code());
      }
    }

    // Names of labels and annotations are any text since Prometheus 3, in 2.42 letters and digits.
    assertThat(different)
        .containsOnly(
            Map.entry("legacy_validation_annotation.bad.yaml", "0 for 1"),
            Map.entry("utf-8_annotation.good.yaml", "0 for 1"),
            Map.entry("utf-8_lname.good.yaml", "0 for 1"));
    assertThat(files).hasSizeGreaterThan(40);
  }

  @Test
  void checks_ofExperimentalLanguage_needItsFeatures() {
    Path features = DATA.resolve("features.yml");
    String all =
        "promql-experimental-functions,promql-duration-expr,promql-extended-range-selectors,"
            + "promql-binop-fill-modifiers";

    assertThat(sextant("check", "rules", features).code()).isEqualTo(1);
    assertThat(sextant("check", "rules", "--enable-feature=" + all, features).code()).isZero();
  }
}
