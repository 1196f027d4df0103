package dev.sextant.benchmarks.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the generator knows of answers is what a look at every trace says. */
class QuestionsTest {
  private static final Day DAY = Day.of(30_000);

  private final Landscape landscape = Landscape.read();
  private final Questions questions = new Questions(landscape, DAY, 5);

  @Test
  void witness_knowsHowManyTracesMatchAndWhichAreTheNewest() {
    List<TraceQuestion> all = new ArrayList<>(questions.searches(60));
    all.addAll(questions.below(60));
    Witness witness = new Witness();
    witness.expect(all);
    List<MadeTrace> traces = new ArrayList<>();
    TraceMaker maker = new TraceMaker(landscape, DAY);
    for (long number = 0; number < DAY.traces(); number++) {
      traces.add(maker.make(number));
      witness.accept(traces.getLast());
    }
    for (TraceQuestion question : all) {
      List<Long> matching =
          traces.stream().filter(question::matches).map(MadeTrace::number).toList();
      assertThat(question.matching()).as(question.toString()).isEqualTo(matching.size());
      int shown = Math.max(0, matching.size() - TraceQuestion.LIMIT);
      if (shown > 0) {
        assertThat(question.oldestShown()).isEqualTo(matching.get(shown));
      }
    }
    assertThat(witness.spans()).isEqualTo(traces.stream().mapToLong(t -> t.spans().size()).sum());
  }

  @Test
  void questions_findManyFewAndNone() {
    List<TraceQuestion.Search> searches = questions.searches(200);
    Witness witness = new Witness();
    witness.expect(searches);
    TraceMaker maker = new TraceMaker(landscape, DAY);
    for (long number = 0; number < DAY.traces(); number++) {
      witness.accept(maker.make(number));
    }
    assertThat(searches).anyMatch(question -> question.matching() == 0);
    assertThat(searches).anyMatch(question -> question.matching() == 1);
    assertThat(searches).anyMatch(question -> question.matching() > 100);
  }

  @Test
  void traceQl_saysWhatIsTested() {
    SpanTest test =
        new SpanTest(
            "orders",
            "GET /orders/{id}",
            List.of(Words.once("http.response.status_code", 500)),
            2_000_000,
            true);
    assertThat(test.traceQl())
        .isEqualTo(
            "{ resource.service.name = \"orders\" && name = \"GET /orders/{id}\""
                + " && span.http.response.status_code = 500 && duration >= 2000us"
                + " && status = error }");
    assertThat(test.parameters())
        .isEqualTo(
            "service=orders&operation=GET+%2Forders%2F%7Bid%7D"
                + "&attribute=http.response.status_code%3D500&minDuration=2000us&error=true");
  }
}
