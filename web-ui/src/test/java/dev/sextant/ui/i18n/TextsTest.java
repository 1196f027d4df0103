package dev.sextant.ui.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");
  private static final Pattern USED =
      Pattern.compile("\\bt\\('([a-zA-Z.]+)'|\\btn\\('([a-zA-Z.]+)'");

  private final Map<String, String> english = Texts.of(Locale.ENGLISH);
  private final Map<String, String> chinese = Texts.of(Locale.SIMPLIFIED_CHINESE);

  @Test
  void of_everyLanguageHasEveryKey() {
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
  }

  @Test
  void of_noLanguageNamesAValueThatEnglishLacks() {
    english.forEach(
        (key, text) -> assertThat(places(text)).as(key).containsAll(places(chinese.get(key))));
  }

  @Test
  void of_everyTextTheComponentsUseIsThere() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/META-INF/resources/sx"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
        Matcher matcher = USED.matcher(Files.readString(file));
        while (matcher.find()) {
          used.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2) + ".one");
        }
      }
    }
    // A key that ends in a dot is completed by a value.
    used.removeIf(key -> key.endsWith(".") || key.endsWith("..one"));

    assertThat(used).hasSizeGreaterThan(50);
    assertThat(english.keySet()).containsAll(used);
  }

  @Test
  void choose_prefersWhatWasChosenByHand() {
    assertThat(Texts.choose("zh", List.of(Locale.ENGLISH))).isEqualTo(Locale.SIMPLIFIED_CHINESE);
    assertThat(Texts.choose("tlh", List.of(Locale.GERMANY, Locale.CHINA)))
        .isEqualTo(Locale.SIMPLIFIED_CHINESE);
    assertThat(Texts.choose(null, List.of(Locale.GERMANY))).isEqualTo(Locale.ENGLISH);
  }

  private static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(r -> r.group()).collect(Collectors.toSet());
  }
}
