package dev.sextant.alerting.unittest;

import dev.sextant.alerting.rule.RuleFile;
import dev.sextant.alerting.rule.RuleGroup;
import dev.sextant.alerting.unittest.UnitTestFile.TestGroup;
import dev.sextant.alerting.yaml.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Runs files of unit tests in promtool's format. Nothing is waited for: time is simulated, and the
 * rules are those of {@code serve}.
 */
public final class UnitTests {
  private final TestLanguage language;
  private final Options options;

  public UnitTests(TestLanguage language, Options options) {
    this.language = language;
    this.options = options;
  }

  /**
   * How files are run.
   *
   * @param run only groups in whose names one of these is found; all where there are none
   * @param diff whether differences are told line by line
   * @param ignoreUnknownFields in rule files
   */
  public record Options(List<Pattern> run, boolean diff, boolean ignoreUnknownFields) {
    public static final Options DEFAULT = new Options(List.of(), false, false);

    private boolean wants(TestGroup group) {
      return run.isEmpty() || run.stream().anyMatch(each -> each.matcher(group.name()).find());
    }
  }

  /**
   * What became of a file.
   *
   * @param groups how many groups of tests ran
   * @param failures one text each, such as promtool writes them; empty where all is well
   * @param warnings such as a pattern that no file matches
   */
  public record Outcome(int groups, List<String> failures, List<String> warnings) {}

  /** Runs one file. */
  public Outcome run(Path file) {
    List<String> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    UnitTestFile tests;
    try {
      tests =
          UnitTestFile.read(
              Files.readString(file), problem -> failures.add(problem.at(file.toString())));
    } catch (IOException e) {
      return new Outcome(0, List.of("cannot read " + file + ": " + e.getMessage()), List.of());
    }
    List<TestGroup> wanted = tests.tests().stream().filter(options::wants).toList();
    if (failures.isEmpty() && !wanted.isEmpty()) {
      List<RuleGroup> rules = rules(file, tests, failures, warnings);
      if (failures.isEmpty()) {
        wanted.forEach(
            group ->
                failures.addAll(new GroupRun(group, tests, rules, language, options.diff()).run()));
      }
    }
    return new Outcome(wanted.size(), List.copyOf(failures), List.copyOf(warnings));
  }

  private List<RuleGroup> rules(
      Path file, UnitTestFile tests, List<String> failures, List<String> warnings) {
    List<RuleGroup> groups = new ArrayList<>();
    for (String pattern : tests.ruleFiles()) {
      Path path = file.resolveSibling(pattern);
      try {
        List<Path> found = glob(path);
        if (found.isEmpty()) {
          warnings.add("no file match pattern " + path);
        }
        for (Path each : found) {
          groups.addAll(rules(each, tests, failures));
        }
      } catch (IOException e) {
        failures.add("cannot read " + path + ": " + e.getMessage());
      }
    }
    return GroupRun.ordered(groups, tests.groupOrder());
  }

  private List<RuleGroup> rules(Path file, UnitTestFile tests, List<String> failures)
      throws IOException {
    RuleFile.Checked checked =
        RuleFile.check(
            file.toString(),
            Files.readString(file),
            tests.evaluationInterval(),
            language::check,
            !options.ignoreUnknownFields());
    for (Problem problem : checked.problems()) {
      failures.add(problem.at(file.toString()));
    }
    return checked.groups();
  }

  /** A file, or those that a pattern in the last part of a path names, in order. */
  private static List<Path> glob(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    if (Files.exists(path)) {
      return List.of(path);
    }
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, name)) {
      matching.forEach(each -> found.add(path.resolveSibling(String.valueOf(each.getFileName()))));
    }
    found.sort(null);
    return found;
  }
}
