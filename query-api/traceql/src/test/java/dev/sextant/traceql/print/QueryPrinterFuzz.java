package dev.sextant.traceql.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random trees, which the parser must give back from their text. */
class QueryPrinterFuzz {
  private static final int RUNS = Boolean.getBoolean("sextant.long") ? 2_000_000 : 30_000;

  @Test
  void randomTrees_areReadBackAsTheyWere() {
    RandomQueries queries = new RandomQueries(new Random(20_270_104));
    int metrics = 0;
    for (int run = 0; run < RUNS; run++) {
      Query query = queries.query();
      String text = QueryPrinter.print(query);
      assertThat(TraceQlParser.parse(text)).as(text).isEqualTo(query);
      metrics += query.body() instanceof Query.Body.Metrics ? 1 : 0;
    }
    assertThat(metrics).isBetween(RUNS / 4, RUNS * 3 / 4);
  }
}
