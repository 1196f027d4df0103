package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitsTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    script.eval(
        """
        globalThis.line = (key, ...curves) => ({key, line: sx.hits.outline(curves), box: sx.hits.box(curves)});
        globalThis.lines = [
          line('flat', [0, 0, 50, 0, 50, 0, 100, 0]),
          line('steep', [0, 0, 50, 0, 50, 80, 100, 80], [100, 80, 150, 80, 150, 0, 200, 0])];
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @ParameterizedTest
  @CsvSource({
    "80, 3, flat",
    "80, -6, flat",
    "50, 40, steep",
    "100, 78, steep",
    "150, 44, steep",
    "30, 40, null",
    "100, 60, null",
    "-9, 0, null"
  })
  void nearest_isTheLineWithinReach(int x, int y, String key) {
    assertThat(script.text("(sx.hits.nearest(lines, " + x + ", " + y + ", 7) || {key: null}).key"))
        .isEqualTo(key);
  }

  @Test
  void box_isAroundAllCurves() {
    assertThat(script.json("lines[1].box")).isEqualTo("[0,0,200,80]");
  }

  @Test
  void zones_meetAndHoldEachOther() {
    assertThat(script.json("sx.hits.around([10, 10, 100, 50], 0.5)"))
        .isEqualTo("[-40,-15,200,100]");
    assertThat(script.json("sx.hits.holds([-40, -15, 200, 100], [10, 10, 100, 50])"))
        .isEqualTo("true");
    assertThat(script.json("sx.hits.holds([10, 10, 100, 50], [10, 10, 101, 50])"))
        .isEqualTo("false");
    assertThat(script.json("sx.hits.meets([0, 0, 20, 20], [10, 10, 100, 50])")).isEqualTo("true");
    assertThat(script.json("sx.hits.meets([0, 0, 9, 20], [10, 10, 100, 50])")).isEqualTo("false");
  }
}
