package dev.sextant.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/configuration.md} and every message that names a setting to the real ones. */
class SettingNamesTest {
  private static final Path ROOT = Path.of(System.getProperty("sextant.root", ".."));
  private static final Pattern ROW =
      Pattern.compile("^\\| `([^`]+)` \\| [^|]+ \\| (?:`([^`]*)`)? ?\\|", Pattern.MULTILINE);

  /** String literals, and what Javadoc sets as code. */
  private static final Pattern QUOTED =
      Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"|\\{@code\\s+([^}]+)}");

  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\w./-])(?:"
              + sections()
              + ")(?:\\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*)+(?:\\[]\\.[a-z-]+)?(?![\\w(/-]|\\.\\w)");

  private static String sections() {
    return SettingNames.all().stream()
        .filter(name -> name.contains("."))
        .map(name -> name.substring(0, name.indexOf('.')).replace("[]", ""))
        .distinct()
        .collect(Collectors.joining("|"));
  }

  private static Map<String, String> page() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/configuration.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
    }
    return rows;
  }

  @Test
  void page_hasEverySettingAndNoOther() throws IOException {
    assertThat(page().keySet()).isEqualTo(SettingNames.all());
  }

  @Test
  void page_defaults_areTheConfigurations() throws IOException {
    ServerConfig defaults = ConfigReader.read(null, List.of());

    page()
        .forEach(
            (name, value) -> {
              if (!name.contains("[]")) {
                assertThat(ConfigReader.read(null, List.of(name + "=" + value)))
                    .as(name + " of " + value)
                    .isEqualTo(defaults);
              }
            });
  }

  @Test
  void messagesAndJavadoc_nameOnlyWhatCanBeSet() throws IOException {
    TreeSet<String> known = new TreeSet<>(SettingNames.all());
    SettingNames.all().forEach(name -> addSections(name, known));
    List<String> unknown = new ArrayList<>();
    int named = 0;
    for (Path source : sources()) {
      Matcher quoted = QUOTED.matcher(Files.readString(source).replaceAll("\\n\\s*\\*\\s*", " "));
      while (quoted.find()) {
        String text = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
        Matcher name = NAME.matcher(text);
        while (name.find()) {
          named++;
          if (!known.contains(name.group())) {
            unknown.add(source.getFileName() + ": " + name.group());
          }
        }
      }
    }

    assertThat(unknown).isEmpty();
    assertThat(named).as("settings named in sources").isGreaterThan(50);
  }

  private static void addSections(String name, TreeSet<String> known) {
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      known.add(name.substring(0, dot).replace("[]", ""));
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module :
        List.of(
            "storage-kit",
            "trace-store",
            "metrics-store",
            "log-ingest",
            "collector",
            "query-api",
            "web-ui",
            "server")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().contains("/src/main/"))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  @Test
  void begins_onlyWithAWholeName() {
    assertThat(SettingNames.begins("metrics.limits.max-series is 0, it must be positive")).isTrue();
    assertThat(SettingNames.begins("elasticsearch.urls: 'x' is wrong")).isTrue();
    assertThat(SettingNames.begins("metrics.limits is 0")).isFalse();
    assertThat(SettingNames.begins("something else")).isFalse();
  }
}
