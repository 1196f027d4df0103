package dev.sextant.server.cli;

import dev.sextant.alerting.rule.Rule;
import dev.sextant.alerting.rule.RuleFile;
import dev.sextant.alerting.rule.RuleGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sextant check rules}, as promtool does it. */
@Command(
    name = "rules",
    description = {
      "Check rule files in Prometheus' format: every problem with its line and column.",
      "Exit codes: 0 all files are good, 1 some are not, 2 a file cannot be read,"
          + " 3 duplicates with --lint-fatal."
    },
    mixinStandardHelpOptions = true)
final class CheckRules implements Callable<Integer> {
  private static final Set<String> LINTS = Set.of("all", "duplicate-rules", "none");

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the rule files")
  private List<Path> files = List.of();

  @Option(
      names = "--lint",
      paramLabel = "CHECKS",
      defaultValue = "duplicate-rules",
      description = "all, duplicate-rules or none (default: ${DEFAULT-VALUE})")
  private String lint = "duplicate-rules";

  @Option(names = "--lint-fatal", description = "end with 3 where lint finds something")
  private boolean lintFatal;

  @Option(
      names = "--ignore-unknown-fields",
      description = "take keys that the format does not have")
  private boolean ignoreUnknownFields;

  @Mixin private LanguageOption language = new LanguageOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!LINTS.contains(lint)) {
      throw new ParameterException(
          spec.commandLine(), "--lint is '" + lint + "'; it must be all, duplicate-rules or none");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    EngineLanguage engine = new EngineLanguage(language.engine());
    int code = 0;
    for (Path file : files) {
      out.println("Checking " + file);
      try {
        RuleFile.Checked checked =
            RuleFile.check(
                file.toString(),
                Files.readString(file),
                Duration.ofMinutes(1),
                engine::check,
                !ignoreUnknownFields);
        code = Math.max(code, report(file, checked, out));
      } catch (NoSuchFileException e) {
        err.println("sextant: there is no file " + file);
        code = Math.max(code, 2);
      } catch (IOException e) {
        err.println("sextant: cannot read " + file + ": " + e);
        code = Math.max(code, 2);
      }
      out.println();
    }
    out.flush();
    err.flush();
    return code;
  }

  private int report(Path file, RuleFile.Checked checked, PrintWriter out) {
    if (!checked.problems().isEmpty()) {
      out.println("  FAILED:");
      checked.problems().forEach(problem -> out.println("  " + problem.at(file.toString())));
      return 1;
    }
    List<Named> duplicates = lint.equals("none") ? List.of() : duplicates(checked.groups());
    int rules = checked.groups().stream().mapToInt(group -> group.rules().size()).sum();
    out.println("  SUCCESS: " + rules + " rules found");
    if (duplicates.isEmpty()) {
      return 0;
    }
    out.println("  LINT: " + duplicates.size() + " duplicate rule(s) found");
    for (Named duplicate : duplicates) {
      out.println("    " + duplicate.name() + " " + duplicate.labels());
    }
    out.println("    duplicates may record different values under one name");
    return lintFatal ? 3 : 0;
  }

  /** What a rule writes: two rules of a file with the same write the same series. */
  private record Named(String name, Map<String, String> labels) implements Comparable<Named> {
    @Override
    public int compareTo(Named other) {
      return (name + labels).compareTo(other.name + other.labels);
    }
  }

  private static List<Named> duplicates(List<RuleGroup> groups) {
    TreeSet<Named> seen = new TreeSet<>();
    TreeSet<Named> twice = new TreeSet<>();
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        Named named = new Named(rule.name(), new TreeMap<>(rule.labels()));
        if (!seen.add(named)) {
          twice.add(named);
        }
      }
    }
    return List.copyOf(twice);
  }
}
