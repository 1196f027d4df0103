package dev.sextant.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.print.ExprPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromParserTest {
  /** Query, then place and message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | 1:1: parse error: no expression found in input",
        "(1 | 1:3: parse error: unclosed left parenthesis",
        "1) | 1:3: parse error: unexpected right parenthesis ')'",
        "{a=\"b\" | 1:7: parse error: unexpected end of input inside braces",
        "a b | 1:3: parse error: unexpected identifier \"b\"",
        "1 + | 1:4: parse error: unexpected end of input",
        "a =~ b | 1:3: parse error: unexpected character after '=': '~'",
        "a ! b | 1:3: parse error: unexpected character after '!': ' '",
        "{a!b} | 1:3: parse error: unexpected character after '!' inside braces: 'b'",
        "{a:b=\"c\"} | 1:3: parse error: unexpected character inside braces: ':'",
        "a $ b | 1:3: parse error: unexpected character: '$'",
        "\"a | 1:1: parse error: unterminated quoted string",
        "`a | 1:1: parse error: unterminated raw string",
        "\"\\c\" | 1:1: parse error: unknown escape sequence U+0063 'c'",
        "2.5. | 1:1: parse error: bad number or duration syntax: \"2.5.\"",
        "0deadbeef | 1:1: parse error: bad number or duration syntax: \"0de\"",
        "100..4 | 1:1: parse error: bad number or duration syntax: \"100..\"",
        "a[5mm] | 1:3: parse error: bad number or duration syntax: \"5mm\"",
        "a[5m1] | 1:3: parse error: bad number or duration syntax: \"5m1\"",
        "a[5y1hs] | 1:3: parse error: unknown unit \"hs\" in duration \"5y1hs\"",
        "1.5m | 1:1: parse error: unknown unit \".\" in duration \"1.5m\"",
        "a[5m1h] | 1:3: parse error: not a valid duration string: \"5m1h\"",
        "a[5m | 1:5: parse error: unexpected end of input in duration expression",
        "a[0] | 1:3: parse error: duration must be greater than 0",
        "{} | 1:1: parse error: vector selector must contain at least one non-empty matcher",
        "{a=~\".*\"} | 1:1: parse error: vector selector must contain at least one non-empty matcher",
        "foo{__name__=\"bar\"} | 1:1: parse error: metric name must not be set twice: \"foo\" or \"bar\"",
        "{a} | 1:3: parse error: unexpected \"}\" in label matching, expected label matching operator",
        "{a=b} | 1:4: parse error: unexpected identifier \"b\" in label matching, expected string",
        "{a=~\"[\"} | 1:2: parse error: error parsing regexp: missing closing ]: `[)$`",
        "{a!~\"(a\"} | 1:2: parse error: error parsing regexp: missing closing ): `^(?s:(a)$`",
        "(a)[5m] | 1:4: parse error: ranges only allowed for vector selectors",
        "a offset 1m[5m] | 1:12: parse error: no offset modifiers allowed before range",
        "a @ 5[5m] | 1:6: parse error: no @ modifiers allowed before range",
        "1 offset 1m | 1:1: parse error: offset modifier must be preceded by an instant vector selector or range vector"
            + " selector or a subquery",
        "a offset 1m offset 2m | 1:1: parse error: offset may not be set multiple times",
        "a @ foo | 1:5: parse error: unexpected identifier \"foo\" in @, expected timestamp",
        "a @ Inf | 1:1: parse error: timestamp out of bounds for @ modifier: +Inf",
        "a[5m][5m:] | 1:1: parse error: subquery is only allowed on instant vector, got matrix instead",
        "1 > 2 | 1:3: parse error: comparisons between scalars must use BOOL modifier",
        "a + bool b | 1:3: parse error: bool modifier can only be used on comparison operators",
        "a and 1 | 1:1: parse error: set operator \"and\" not allowed in binary scalar expression",
        "a + \"b\" | 1:5: parse error: binary expression must contain only scalar and instant vector types",
        "a + on (x) 1 | 1:1: parse error: vector matching only allowed between instant vectors",
        "a and on (x) group_left b | 1:1: parse error: no grouping allowed for \"and\" operation",
        "a * on (x) group_left (x) b | 1:3: parse error: label \"x\" must not occur in ON and GROUP clause at once",
        "-\"a\" | 1:1: parse error: unary expression only allowed on expressions of type scalar or instant vector, got"
            + " \"string\"",
        "nope(a) | 1:1: parse error: unknown function with name \"nope\"",
        "rate(a) | 1:6: parse error: expected type range vector in call to function \"rate\", got instant vector",
        "rate() | 1:1: parse error: expected 1 argument(s) in call to \"rate\", got 0",
        "label_join(a) | 1:1: parse error: expected at least 3 argument(s) in call to \"label_join\", got 1",
        "round(a, 1, 2) | 1:1: parse error: expected at most 2 argument(s) in call to \"round\", got 3",
        "abs(a,) | 1:6: parse error: trailing commas not allowed in function call args",
        "sum() | 1:1: parse error: no arguments for aggregate expression provided",
        "topk(a) | 1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1",
        "topk(a, a) | 1:6: parse error: expected type scalar in aggregation parameter, got instant vector",
        "sum(a[5m]) | 1:5: parse error: expected type instant vector in aggregation expression, got range vector",
        "sum by a (b) | 1:8: parse error: unexpected identifier \"a\" in grouping opts, expected \"(\"",
        "sum by (1) (b) | 1:9: parse error: unexpected number \"1\" in grouping opts, expected label",
        "sum by (a b) (c) | 1:11: parse error: unexpected identifier \"b\" in grouping opts, expected \",\" or \")\"",
        "mad_over_time(a[5m]) | 1:1: parse error: function \"mad_over_time\" is not enabled",
        "a[5m+1m] | 1:3: parse error: experimental duration expression is not enabled",
        "a[5m] anchored | 1:1: parse error: anchored modifier is experimental and not enabled",
      })
  void parse_whatIsWrong_saysWhatAndWhere(String query, String message) {
    assertThatThrownBy(() -> PromParser.parse(query == null ? "" : query, Syntax.STABLE))
        .isInstanceOf(ParseException.class)
        .hasMessage(message);
  }

  @Test
  void parse_errorBehindMultibyteText_countsLinesAndBytes() {
    assertThatThrownBy(() -> PromParser.parse("a +\n\"\u00e9\" nope", Syntax.STABLE))
        .hasMessage("2:6: parse error: unexpected identifier \"nope\"");
  }

  /** Query, then its one-line form; both parse to trees of the same form. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sum(x)by(a,b) | sum by (a, b) (x)",
        "sum without()(x) | sum without () (x)",
        "SUM by()(x) | sum(x)",
        "topk(5,x) | topk(5, x)",
        "a-on(b)group_left c | a - on (b) group_left () c",
        "a*ignoring()group_right(x)c | a * ignoring () group_right (x) c",
        "a==bool b | a == bool b",
        "a+fill(1)b | a + fill (1) b",
        "a+fill_left(1)fill_right(2)b | a + fill_left (1) fill_right (2) b",
        "x{b='1',a!=\"2\"} | x{a!=\"2\",b=\"1\"}",
        "{\"x y\",\"l m\"=~\"a\"} | {\"l m\"=~\"a\",__name__=\"x y\"}",
        "x[300]offset 1h30m@10 | x[5m] @ 10.000 offset 1h30m",
        "x[5m:]@start() | x[5m:] @ start()",
        "x[1w:1d] offset -5m | x[1w:1d] offset -5m",
        "x[5m] anchored offset 1m | x[5m] anchored offset 1m",
        "x smoothed @ end() | x @ end() smoothed",
        "x[step()+ 1m*(2+3)] | x[step() + 1m * (2 + 3)]",
        "x[(5m)] | x[5m]",
        "x[((+1m-90))] | x[(1m - 90)]",
        "x[max_of(300,(step()))] offset -(2*5m) | x[max_of(300, (step()))] offset -(2 * 5m)",
        "1h+90-3m | 1h + 90 - 3m",
        "-5m | -5m",
        "-x^2 | -x ^ 2",
        "- 5 | -5",
        "1e3+0x1F+0755+1_000 | 1000 + 31 + 493 + 1000",
        "inf - NaN | +Inf - NaN",
        "'a\"\\n' | \"a\\\"\\n\"",
        "sum+by | sum + by",
        "count_values('v',x) | count_values(\"v\", x)",
        "time()-start() | time() - start()",
      })
  void print_parsedAgain_isTheSame(String query, String printed) {
    Expr expr = PromParser.parse(query, Syntax.ALL);
    assertThat(ExprPrinter.print(expr)).isEqualTo(printed);
    assertThat(ExprPrinter.print(PromParser.parse(printed, Syntax.ALL))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 | (1 + (2 * 3))",
        "2 ^ 3 ^ 2 | (2 ^ (3 ^ 2))",
        "a or b and c | (a or (b and c))",
        "a == b + c | (a == (b + c))",
        "a - b - c | ((a - b) - c)",
        "-a ^ b * c | ((-(a ^ b)) * c)",
        "2 ^ -1 * 3 | ((2 ^ -1) * 3)",
        "a atan2 b % c | ((a atan2 b) % c)",
        "a unless b or c | ((a unless b) or c)",
      })
  void parse_operators_bindAsTheirPrecedenceSays(String query, String grouped) {
    assertThat(grouped(PromParser.parse(query, Syntax.STABLE))).isEqualTo(grouped);
  }

  private static String grouped(Expr expr) {
    return switch (expr) {
      case Expr.Binary b ->
          "(" + grouped(b.left()) + " " + b.op().symbol() + " " + grouped(b.right()) + ")";
      case Expr.Unary u -> "(-" + grouped(u.operand()) + ")";
      default -> ExprPrinter.print(expr);
    };
  }

  @Test
  void pretty_longLine_isBrokenByLevels() {
    String query =
        "sum by (namespace, workload) (rate(container_cpu_usage_seconds_total{container!=\"\"}[5m]))"
            + " / on (namespace) group_left () kube_namespace_quota";
    assertThat(ExprPrinter.pretty(PromParser.parse(query, Syntax.STABLE)))
        .isEqualTo(
            "  sum by (namespace, workload) (rate(container_cpu_usage_seconds_total{container!=\"\"}[5m]))\n"
                + "/ on (namespace) group_left ()\n"
                + "  kube_namespace_quota");
  }

  @Test
  void parse_deeplyNested_isRefusedNotOverflowing() {
    String parens = "(".repeat(100_000) + "1" + ")".repeat(100_000);
    String chain = "a" + " or a".repeat(100_000);
    for (String query : new String[] {parens, chain, "-".repeat(100_000) + "a"}) {
      assertThatThrownBy(() -> PromParser.parse(query, Syntax.ALL))
          .hasMessageContaining("nested deeper than 500 levels");
    }
  }
}
