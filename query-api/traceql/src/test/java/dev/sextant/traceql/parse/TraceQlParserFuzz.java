package dev.sextant.traceql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.print.QueryPrinter;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random queries: whatever they are, the parser either refuses them by its own exceptions or they
 * survive printing, and the lenient reader makes something of them.
 */
class TraceQlParserFuzz {
  private static final int RUNS = Boolean.getBoolean("sextant.long") ? 3_000_000 : 80_000;
  private static final String[] PARTS = {
    "{",
    "}",
    "{}",
    "(",
    ")",
    "{ .a }",
    "{ .a = 1 }",
    "({} | rate())",
    ".a",
    "span.b",
    "resource.service.name",
    "event.c",
    "link.d",
    "instrumentation.e",
    "parent.f",
    "parent",
    ".\"q u\"",
    ".",
    "..",
    "span.",
    "span:",
    "trace:id",
    "event:name",
    "trace:",
    "duration",
    "name",
    "status",
    "kind",
    "rootName",
    "nestedSetLeft",
    "nil",
    "true",
    "false",
    "error",
    "server",
    "1",
    "1.5",
    ".5",
    "1e3",
    "5s",
    "1h30m",
    "minInt",
    "0x1",
    "\"s\"",
    "`r`",
    "\"\\x41\"",
    "\"",
    "`",
    "=",
    "!=",
    "=~",
    "!~",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "!",
    "&&",
    "||",
    "|",
    ">>",
    "<<",
    "~",
    "!>>",
    "!<<",
    "!>",
    "!<",
    "&>>",
    "&<<",
    "&>",
    "&<",
    "&~",
    "&",
    "by",
    "by(.a)",
    "select(.a)",
    "coalesce()",
    "count()",
    "avg(.b)",
    "> 3",
    "max(duration)",
    "| rate()",
    "| count_over_time() by (name)",
    "| quantile_over_time(duration, .9)",
    "| compare({})",
    "| topk(3)",
    "| bottomk(1)",
    "with (a=1)",
    "with",
    ",",
    "x",
    "//c\n",
    "/*c*/",
    "/*",
    "\n",
    "é",
    "\u00a0",
    "\ud800",
    "#",
    "{ .a = 1 } | ",
    "{ .a && ",
    "= 2"
  };

  @Test
  void randomTokens_areRefusedOrRoundTrip() {
    Random random = new Random(20_270_104);
    int accepted = 0;
    for (int run = 0; run < RUNS; run++) {
      StringBuilder query = new StringBuilder(random.nextInt(4) == 0 ? "" : "{ ");
      int length = 1 + random.nextInt(10);
      for (int i = 0; i < length; i++) {
        query.append(PARTS[random.nextInt(PARTS.length)]);
        if (random.nextBoolean()) {
          query.append(' ');
        }
      }
      query.append(random.nextBoolean() ? " }" : "");
      accepted += check(query.toString()) ? 1 : 0;
    }
    System.out.printf("  %d of %d random queries were accepted%n", accepted, RUNS);
    assertThat(accepted).as("queries that were accepted at all").isGreaterThan(RUNS / 200);
  }

  @Test
  void mutilatedQueries_areRefusedOrRoundTrip() {
    Random random = new Random(4);
    String whole =
        "{ resource.service.name = \"shop\" && span.\"http status\" >= 500 || !(duration > 1h30m) }"
            + " >> ({ name =~ `GET .*` } | by(.a) | count() > 2) &~ { .c != nil }";
    for (int run = 0; run < RUNS / 4; run++) {
      StringBuilder query = new StringBuilder(whole);
      for (int i = random.nextInt(3); i >= 0; i--) {
        int from = random.nextInt(query.length());
        query.delete(from, Math.min(query.length(), from + 1 + random.nextInt(6)));
        if (random.nextBoolean()) {
          query.insert(from, PARTS[random.nextInt(PARTS.length)]);
        }
      }
      check(query.toString());
    }
  }

  private static boolean check(String query) {
    Query parsed;
    try {
      parsed = TraceQlParser.parse(query);
    } catch (ParseException e) {
      assertThat(e.getMessage()).as(query).matches("(?s)parse error at line \\d+, col \\d+: .+");
      assertThat(e.place().start()).as(query).isBetween(0, query.length());
      return false;
    } catch (CompileException e) {
      assertThat(e.getMessage()).as(query).isNotBlank();
      return false;
    }
    String printed = QueryPrinter.print(parsed);
    assertThat(TraceQlParser.parse(printed)).as(query).isEqualTo(parsed);
    return true;
  }
}
