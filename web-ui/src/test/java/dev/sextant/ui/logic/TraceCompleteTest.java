package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceCompleteTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  /**
   * The place at the bar in a text, as kind, word, what it replaces, field and the other
   * conditions.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "|; start,,0-0",
        "{|; field,,1-1",
        "{ |; field,,2-2",
        "{ span.ht|; field,span.ht,2-9",
        "{ .|; field,.,2-3",
        "{ stat|us = ok }; field,stat,2-6",
        "{ status |; operator,,9-9,status",
        "{ status = |; value,,11-11,status",
        "{ status = er|; value,er,11-13,status",
        "{ status = error |; joining,,17-17",
        "{ name = \"PO|; value,PO,9-12,name",
        "{ name = \"PO|ST\" }; value,PO,9-15,name",
        "{ name = \"a\"|; null",
        "{ duration > 1|; null",
        "{ kind = server && resource.service.name = \"|; value,,43-44,resource.service.name,{ kind = server }",
        "{ kind = server || name = \"|; value,,26-27,name",
        "{ kind = server && |; field,,19-19,,{ kind = server }",
        "{ (kind = server && na|; field,na,20-22",
        "{ !na|; field,na,3-5",
        "{ } |; next,,4-4",
        "{ } | co|; step,co,6-8",
        "{ } >> |; start,,7-7",
        "{ } | by(na|; field,na,9-11",
        "{ } | select(name, |; field,,19-19",
        "{ } // re|; null",
        "{ status = error } && { |; field,,24-24"
      })
  void at_tellsWhatIsWanted(String text, String expected) {
    int caret =
        text.indexOf(
            '|',
            text.contains("| co|")
                    || text.contains("| by")
                    || text.contains("| select")
                    || text.contains("|| ")
                ? text.lastIndexOf('|')
                : 0);
    String plain = text.substring(0, caret) + text.substring(caret + 1);

    assertThat(
            script.text(
                "((p) => p && [p.kind, p.word, p.from + '-' + p.to, p.field, p.around].join(',').replace(/,+$/, ''))(sx.tracecomplete.at("
                    + "`"
                    + plain
                    + "`"
                    + ", "
                    + caret
                    + "))"))
        .isEqualTo(expected.strip());
  }

  private static String take(String text, String choice) {
    int caret = text.indexOf('|');
    String plain = text.substring(0, caret) + text.substring(caret + 1);
    return script.text(
        "((t) => t.text.slice(0, t.caret) + '|' + t.text.slice(t.caret) + (t.more ? ' …' : ''))(sx.tracecomplete.take(`"
            + plain
            + "`, sx.tracecomplete.at(`"
            + plain
            + "`, "
            + caret
            + "), "
            + choice
            + "))");
  }

  @Test
  void take_writesTheChoiceAndGoesOn() {
    assertThat(take("{ ht|", "{text: 'span.http.route'}")).isEqualTo("{ span.http.route | …");
    assertThat(take("{ stat| = ok }", "{text: 'status'}")).isEqualTo("{ status| = ok }");
    assertThat(take("{ status |", "{text: '='}")).isEqualTo("{ status = | …");
    assertThat(take("{ status = e| }", "{text: 'error'}")).isEqualTo("{ status = error| }");
    assertThat(take("{ name = \"P|O\" }", "{text: 'POST', literal: '\"POST\"'}"))
        .isEqualTo("{ name = \"POST\"| }");
    assertThat(take("{ name = |", "{text: 'a\"b', literal: '\"a\\\\\"b\"'}"))
        .isEqualTo("{ name = \"a\\\"b\"|");
    assertThat(take("|", "{text: '{ … }', insert: '{ ¦ }'}")).isEqualTo("{ | } …");
  }

  @Test
  void table_sortsAndHeats() {
    String traces =
        "[{startNanos: '30', durationNanos: 1, errors: 0, rootName: 'b', databaseNanos: 9}, {startNanos: '20000', durationNanos: 3, errors: 2, rootName: 'a'}, {startNanos: '10', durationNanos: 2, errors: 2, rootName: 'c'}]";

    assertThat(
            script.text(
                "sx.tracetable.sorted(" + traces + ", 'duration').map((t) => t.rootName).join('')"))
        .isEqualTo("acb");
    assertThat(
            script.text(
                "sx.tracetable.sorted("
                    + traces
                    + ", '-duration').map((t) => t.rootName).join('')"))
        .isEqualTo("bca");
    assertThat(
            script.text(
                "sx.tracetable.sorted(" + traces + ", 'errors').map((t) => t.rootName).join('')"))
        .isEqualTo("acb");
    assertThat(
            script.text(
                "sx.tracetable.sorted(" + traces + ", 'root').map((t) => t.rootName).join('')"))
        .isEqualTo("abc");
    assertThat(
            script.text(
                "sx.tracetable.sorted(" + traces + ", 'database').map((t) => t.rootName).join('')"))
        .isEqualTo("bac");
    assertThat(script.json("[1, 2, 30, 400, 1000].map((n) => sx.tracetable.heat(n, 1000))"))
        .isEqualTo("[0,0,2,4,4]");
    assertThat(
            script.json(
                "sx.tracetable.cells({endsMillis: [100, 200], stepMillis: 100, rows: [{topNanos: 2000000000, counts: [0, 7]}]})"))
        .isEqualTo("[{\"from\":100,\"to\":200,\"low\":1,\"high\":2,\"count\":7,\"heat\":4}]");
  }
}
