package dev.sextant.traceql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.print.QueryPrinter;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceQlParserTest {
  static List<Arguments> accepted() throws IOException {
    return SyntaxTable.read("accepted.txt");
  }

  static List<Arguments> rejected() throws IOException {
    return SyntaxTable.read("rejected.txt");
  }

  static List<Arguments> illtyped() throws IOException {
    return SyntaxTable.read("illtyped.txt");
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void parse_givesTheTreeOfTheCanonicalText(String text, String canonical) {
    Query query = TraceQlParser.parse(text);
    assertThat(QueryPrinter.print(query)).isEqualTo(canonical);
    assertThat(TraceQlParser.parse(canonical)).isEqualTo(query);
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void parse_refusesWhatIsNoTraceQl(String text, String message) {
    assertThatThrownBy(() -> TraceQlParser.parse(text))
        .isInstanceOf(ParseException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("illtyped")
  void parse_refusesWhatMakesNoSense(String text, String message) {
    assertThatThrownBy(() -> TraceQlParser.parse(text))
        .isInstanceOf(CompileException.class)
        .hasMessage(message);
  }

  @Test
  void parse_placesAnErrorInItsLine() {
    assertThatThrownBy(() -> TraceQlParser.parse("{ .a = 1 }\n  // comment\n| { .é ? }"))
        .hasMessage("parse error at line 3, col 8: syntax error: unexpected character '?'");
  }

  @Test
  void parse_readsOverSeveralLines() {
    Query query = TraceQlParser.parse("{\r\n\t.a = `one\n two` /* and\n so */ } |\ncount() > 1");
    assertThat(QueryPrinter.print(query)).isEqualTo("{ .a = \"one\\n two\" } | count() > 1");
  }

  @Test
  void parse_emptyText_hasNoPlace() {
    assertThatThrownBy(() -> TraceQlParser.parse(""))
        .isInstanceOf(ParseException.class)
        .hasMessage("parse error : syntax error: unexpected $end");
  }

  @Test
  void parse_onlyBlanks_areRefusedAtTheirEnd() {
    assertThatThrownBy(() -> TraceQlParser.parse("  \n"))
        .hasMessage("parse error at line 2, col 1: syntax error: unexpected $end");
  }

  @Test
  void compileException_knowsThePart() {
    String text = "{ .a = 1 && name > 3 }";
    CompileException e =
        catchThrowableOfType(CompileException.class, () -> TraceQlParser.parse(text));
    assertThat(text.substring(e.place().start(), e.place().end())).isEqualTo("name > 3");
  }

  @Test
  void nesting_isBounded() {
    String deepest = "(".repeat(490) + "{ .a }" + ")".repeat(490);
    assertThat(QueryPrinter.print(TraceQlParser.parse(deepest))).isEqualTo("{ .a }");
    for (String part : List.of("(", "{ (", "{ -(", "{ !", "{ .a ^ ", "{ -", "count() > -(")) {
      assertThatThrownBy(() -> TraceQlParser.parse(part.repeat(9_000)))
          .as(part)
          .isInstanceOf(ParseException.class);
    }
    assertThatThrownBy(() -> TraceQlParser.parse("(".repeat(501) + "{}" + ")".repeat(501)))
        .hasMessageEndingWith("query nested deeper than 500 levels, which is the most");
  }

  @Test
  void chains_areBoundedWhereTheyMakeTheTreeDeep() {
    assertThatThrownBy(() -> TraceQlParser.parse("{ .a = 1" + " + 1 + .a".repeat(500) + " }"))
        .hasMessageEndingWith("query nested deeper than 500 levels, which is the most");
    assertThatThrownBy(() -> TraceQlParser.parse("{}" + " >> {}".repeat(500)))
        .hasMessageEndingWith("query nested deeper than 500 levels, which is the most");
    // Each pipeline in parentheses would begin to count anew.
    String spine = "{}" + " && {}".repeat(300) + " | {}";
    assertThatThrownBy(() -> TraceQlParser.parse("((" + spine + ") && {}" + " && {}".repeat(250)))
        .hasMessageEndingWith("query nested deeper than 500 levels, which is the most");
  }

  @Test
  void chains_ofLogicalOperatorsMayBeLong() {
    String chain = "{ .a = 1" + " || .a = 1".repeat(10_000) + " }";
    Query query = TraceQlParser.parse(chain);
    assertThat(
            TraceQlParser.parse(
                QueryPrinter.print(query), TextLimits.DEFAULT.withMaxBytes(1 << 20)))
        .isEqualTo(query);
  }

  @Test
  void chains_ofManyOperandsAreRead() {
    FieldExpr.Logical chain = (FieldExpr.Logical) condition("{.a" + "&&.a".repeat(29_999) + "}");
    assertThat(chain.operands()).hasSize(30_000);
    assertThat(((FieldExpr.Logical) condition("{.a" + "&&.a||.a".repeat(200) + "}")).operands())
        .hasSize(2);
    assertThat(condition("{true" + "&&true".repeat(20_000) + "}"))
        .isEqualTo(new FieldExpr.Literal(Static.TRUE, Place.NONE));
    assertThat(condition("{false||true&&.a}").refersToSpan()).isTrue();
    // Every one of them makes no sense; the first is told.
    assertThatThrownBy(() -> TraceQlParser.parse("{.a" + "&&1".repeat(30_000) + "}"))
        .hasMessage("illegal operation for the given types: .a && 1");
  }

  private static FieldExpr condition(String text) {
    Query.Body.Search search = (Query.Body.Search) TraceQlParser.parse(text).body();
    return ((SpansetExpr.Filter) search.pipeline().steps().getFirst()).condition();
  }

  @Test
  void durations_endWhereOneDoesNotFit() {
    assertThat(DurationParser.at("1h30m)", 0))
        .isEqualTo(new DurationParser.Found(5400_000_000_000L, 5));
    assertThat(DurationParser.at("1s.1s.1n.1s", 0))
        .isEqualTo(new DurationParser.Found(1_100_000_000L, 5));
    assertThat(DurationParser.at("1d.5h", 0))
        .isEqualTo(new DurationParser.Found(86_400_000_000_000L, 2));
    assertThat(DurationParser.at("1s1s1d", 0))
        .isEqualTo(new DurationParser.Found(2_000_000_000L, 4));
    assertThat(DurationParser.at("290y2y9y", 0)).isNotNull();
    assertThat(DurationParser.at("300y", 0)).isNull();
    assertThat(DurationParser.at("1n.1n", 0)).isNull();
    assertThat(DurationParser.parse("1h1n")).isNull();
    for (String piece : List.of("1n.", "1s.", "1d.5h", "99999999999h.", "1")) {
      String text = "{ .a = " + piece.repeat(120_000 / piece.length()) + " }";
      assertThatThrownBy(() -> TraceQlParser.parse(text)).isInstanceOf(QueryException.class);
    }
  }

  @Test
  void regularExpressions_areBoundedTogether() {
    String one = ".a=~`[ab]{900}[ab]{900}[ab]{900}[ab]{900}`";
    assertThat(TraceQlParser.parse("{" + one + "&&" + one + "}")).isNotNull();
    assertThatThrownBy(() -> TraceQlParser.parse("{" + one + ("&&" + one).repeat(9) + "}"))
        .isInstanceOf(CompileException.class)
        .hasMessageStartingWith(
            "invalid regex: `[ab]{900}[ab]{900}[ab]{900}[ab]{900}`: the query's expressions compile to"
                + " more than 20000 instructions with it");
    assertThat(TraceQlParser.parse("{.a=~`a.*b`" + "&&.a=~`a.*b`".repeat(9_000) + "}")).isNotNull();
  }

  @Test
  void length_isBounded() {
    String text = "{ .a = \"é\" }";
    assertThat(TraceQlParser.parse(text, TextLimits.DEFAULT.withMaxBytes(13))).isNotNull();
    assertThatThrownBy(() -> TraceQlParser.parse(text, TextLimits.DEFAULT.withMaxBytes(12)))
        .isInstanceOf(CompileException.class)
        .hasMessageContaining("longer than 12 bytes")
        .hasMessageContaining("traces.query.max-query-bytes");
    assertThatThrownBy(() -> TraceQlParser.parse("{}" + " ".repeat(128 << 10)))
        .hasMessageContaining("longer than 131072 bytes");
  }

  @Test
  void halvesOfCharacters_areRefused() {
    assertThatThrownBy(() -> TraceQlParser.parse("{ .a = `😀\ud800` }"))
        .hasMessage("parse error at line 1, col 10: half of a character: U+D800");
  }

  @Test
  void charactersThatCannotBeSeen_areNumbered() {
    assertThatThrownBy(() -> TraceQlParser.parse("{ \u0007 }"))
        .hasMessage("parse error at line 1, col 3: syntax error: unexpected character U+0007");
    assertThatThrownBy(() -> TraceQlParser.parse("{ .a\u00a0}"))
        .hasMessage(
            "parse error at line 1, col 5: syntax error: unexpected character '\u00a0' U+00A0");
  }

  @Test
  void hint_isFoundByItsName() {
    Query query = TraceQlParser.parse("{} with (sample=0.5, other=1, sample=true)");
    assertThat(query.hint("sample")).hasToString("Optional[Float[value=0.5]]");
    assertThat(query.hint("most_recent")).isEmpty();
  }
}
