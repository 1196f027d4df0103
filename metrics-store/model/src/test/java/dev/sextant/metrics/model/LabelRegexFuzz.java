package dev.sextant.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions on random values: what is compared as strings matches what the expression
 * does, and what is refused is refused by an exception of ours.
 */
class LabelRegexFuzz {
  private static final int RUNS = Boolean.getBoolean("sextant.long") ? 2_000_000 : 60_000;
  private static final String[] PARTS = {
    "a", "b", "ab", ".*", ".+", "|", "a", "b", ".", "\\.", "\\", "(", ")", "(?:", "^", "$", "*",
    "?", "{2}", "{", "[ab]", "[", "é", "\\|", "\\d", "-"
  };
  private static final String[] TEXTS = {"a", "b", "ab", ".", "", "|", "é", "\n", "-", "\\", "$"};

  @Test
  void stringsAndExpressionsAgree() {
    Random random = new Random(20_261_121);
    int compiled = 0;
    for (int run = 0; run < RUNS; run++) {
      String source = join(PARTS, 1 + random.nextInt(5), random);
      Pattern whole = null;
      try {
        whole = Pattern.compile("^(?s:" + source + ")$");
      } catch (PatternSyntaxException e) {
        // Refused, and so it must be by ours.
      }
      LabelRegex regex = null;
      try {
        regex = LabelRegex.compile(source);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("error parsing regexp: ");
      }
      assertThat(regex == null).as("refuses %s", source).isEqualTo(whole == null);
      for (int i = 0; whole != null && i < 6; i++) {
        String value = join(TEXTS, random.nextInt(5), random);
        assertThat(regex.matches(value))
            .as("'%s' on '%s'", source, value)
            .isEqualTo(whole.matcher(value).matches());
      }
      compiled += whole == null ? 0 : 1;
    }
    assertThat(compiled).isGreaterThan(RUNS / 4);
  }

  private static String join(String[] parts, int count, Random random) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(parts[random.nextInt(parts.length)]);
    }
    return out.toString();
  }
}
