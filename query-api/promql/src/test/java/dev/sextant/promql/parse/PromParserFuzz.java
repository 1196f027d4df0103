package dev.sextant.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.print.ExprPrinter;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random queries: whatever they are, the parser either refuses them by its own exception or they
 * survive printing.
 */
class PromParserFuzz {
  private static final int RUNS = Boolean.getBoolean("sextant.long") ? 2_000_000 : 60_000;
  private static final String[] PARTS = {
    "a",
    "b_total",
    "x:y",
    "sum",
    "topk",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "bool",
    "offset",
    "and",
    "or",
    "unless",
    "atan2",
    "rate",
    "abs",
    "label_replace",
    "time",
    "start",
    "end",
    "step",
    "min_of",
    "fill",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "=",
    "!=",
    "=~",
    "!~",
    "==",
    "<",
    ">=",
    "</",
    "@",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "1",
    "5m",
    "1e3",
    "0x1F",
    "inf",
    "NaN",
    "\"s\"",
    "'\\x41'",
    "`r`",
    "l=\"v\"",
    "[5m]",
    "[1h:5m]",
    "(a)",
    "(a[5m])",
    " ",
    "\n",
    "#c\n",
    "\u00e9",
    "\"\\ud800\"",
    "anchored",
    "smoothed",
    "."
  };

  @Test
  void randomTokens_areRefusedOrRoundTrip() {
    Random random = new Random(20_261_120);
    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      StringBuilder query = new StringBuilder();
      int length = 1 + random.nextInt(12);
      for (int i = 0; i < length; i++) {
        query.append(PARTS[random.nextInt(PARTS.length)]);
        if (random.nextBoolean()) {
          query.append(' ');
        }
      }
      accepted += check(query.toString()) ? 1 : 0;
    }
    assertThat(accepted).as("queries that were accepted at all").isGreaterThan(RUNS / 200);
  }

  private static boolean check(String query) {
    Expr expr;
    try {
      expr = PromParser.parse(query, Syntax.ALL);
    } catch (ParseException e) {
      assertThat(e.getMessage()).as(query).matches("(?s)\\d+:\\d+: parse error: .+");
      return false;
    }
    String printed = ExprPrinter.print(expr);
    assertThat(ExprPrinter.print(PromParser.parse(printed, Syntax.ALL)))
        .as(query)
        .isEqualTo(printed);
    String pretty = ExprPrinter.pretty(expr);
    assertThat(ExprPrinter.print(PromParser.parse(pretty, Syntax.ALL)))
        .as(query)
        .isEqualTo(printed);
    return true;
  }
}
