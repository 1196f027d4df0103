package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
    // A root with 100 children of two levels below each; ids count in their last digits.
    script.eval(
        """
        globalThis.id = (n) => (0xa81f20c4000000n + BigInt(n)).toString(16).padStart(16, '0');
        globalThis.span = (n, parent, at) => ({ spanId: id(n), parentSpanId: parent === null ? '' : id(parent), resource: 0,
          name: 's' + n, startNanos: String(at), durationNanos: 1000, attributes: [], events: [] });
        globalThis.tree = sx.trace.build({ traceId: 't', resources: [{service: 'a', hue: 1}], spans: [span(0, null, 0),
          ...Array.from({length: 100}, (_, i) => [span(1 + i, 0, i), span(1000 + i, 1 + i, i), span(2000 + i, 1000 + i, i)]).flat()] });
        globalThis.write = (numbers) => sx.folds.write(tree, new Set(numbers.map(id)));
        globalThis.read = (text) => [...sx.folds.read(tree, text)].map((s) => parseInt(s.slice(-6), 16)).sort((a, b) => a - b);
        globalThis.range = (from, to) => Array.from({length: to - from}, (_, i) => from + i);
        """);
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | ''",
        "[5] | 0005",
        "[5, 1001] | 03e9.0005",
        "[0, ...range(1, 101), ...range(1000, 1100)] | L0",
        "[...range(1, 101), ...range(1000, 1100)] | L1",
        "range(1000, 1100) | L2",
        "[...range(1000, 1050), ...range(1051, 1100), 7] | L2.0007.-041a",
      })
  void write_isAsShortAsItCanBeAndReadsBack(String folded, String text) {
    assertThat(script.text("write(" + folded + ")")).isEqualTo(text);
    assertThat(script.json("read(write(" + folded + "))"))
        .isEqualTo(script.json("(" + folded + ").slice().sort((a, b) => a - b)"));
  }

  @Test
  void write_namesNoMoreSpansThanTheBound() {
    script.eval("globalThis.many = range(1, 101).flatMap((n) => n % 2 ? [n, 999 + n] : [])");

    assertThat(script.eval("write(many).split('.').length").asInt()).isLessThanOrEqualTo(65);
    assertThat(script.eval("write(many).length").asInt()).isLessThan(65 * 6);
    assertThat(script.eval("read(write(many)).length").asInt()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "L",
        "Lx",
        "L-1",
        "zzzz",
        "ffff",
        "..",
        "5",
        "L9",
        "-0005",
        "%3Cscript%3E",
        "07d0"
      })
  void read_passesOverWhatNamesNothing(String text) {
    assertThat(script.json("read('" + text + "')")).isEqualTo("[]");
  }

  @Test
  void write_takesLongerEndingsWhereShortOnesAreShared() {
    script.eval(
        """
        globalThis.twins = sx.trace.build({ traceId: 't', resources: [{service: 'a', hue: 1}], spans: ['11aaaa', '22aaaa'].flatMap((end, i) => [
          { ...span(9000 + i, null, i), spanId: '0000000000' + end }, { ...span(9100 + i, null, i), parentSpanId: '0000000000' + end }]) });
        """);

    assertThat(script.text("sx.folds.write(twins, new Set(['000000000022aaaa']))"))
        .isEqualTo("2aaaa");
    assertThat(script.json("[...sx.folds.read(twins, '2aaaa')]"))
        .isEqualTo("[\"000000000022aaaa\"]");
    assertThat(script.json("[...sx.folds.read(twins, 'aaaa')]")).isEqualTo("[]");
  }
}
