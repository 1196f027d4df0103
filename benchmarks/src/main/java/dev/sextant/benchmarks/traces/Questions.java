package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Questions that are made of what traces hold, the same for a seed each time: from such that a
 * tenth of all traces answer to such that one or none does.
 */
final class Questions {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int[] STATUSES = {200, 200, 200, 201, 404, 429, 500, 503};

  private final Day day;
  private final TraceMaker maker;
  private final SplittableRandom random;
  private final List<Service> http;

  Questions(Landscape landscape, Day day, long seed) {
    this.day = day;
    this.maker = new TraceMaker(landscape, day);
    this.random = new SplittableRandom(seed);
    this.http =
        landscape.services().stream()
            .filter(each -> each.called.stream().anyMatch(Operation::isHttp))
            .toList();
  }

  /** Numbers of traces to ask for by id; one in twenty does not exist. */
  List<Long> byId(int count) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long number = random.nextLong(day.traces());
      numbers.add(i % 20 == 7 ? number + (1L << 40) : number);
    }
    return numbers;
  }

  /**
   * Searches by three things and more: of twenty, ten by service, HTTP status and duration, four by
   * service, tenant and duration, two by service, operation and failure, two by service, database
   * system, its operation and duration, one by a path with its id, and one that nothing answers.
   */
  List<TraceQuestion.Search> searches(int count) {
    List<TraceQuestion.Search> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      questions.add(new TraceQuestion.Search(search(i % 20)));
    }
    return questions;
  }

  private SpanTest search(int kind) {
    if (kind < 10) {
      Service service = http.get(random.nextInt(http.size()));
      int status = STATUSES[random.nextInt(STATUSES.length)];
      return test(service, null, List.of(status(status)), duration(), false);
    }
    if (kind < 14) {
      Service service = http.get(random.nextInt(http.size()));
      String tenant = "tenant-%03d".formatted(random.nextInt(300));
      return test(service, null, List.of(Words.once("shop.tenant", tenant)), duration(), false);
    }
    if (kind < 16) {
      MadeSpan like = find(MadeSpan::isServing);
      return test(like.service, like.operationName, List.of(), 0, true);
    }
    if (kind < 18) {
      MadeSpan like = find(span -> span.database != null);
      return test(
          like.service,
          null,
          List.of(
              Objects.requireNonNull(like.attribute("db.system.name")),
              Objects.requireNonNull(like.attribute("db.operation.name"))),
          duration(),
          false);
    }
    if (kind < 19) {
      MadeSpan like =
          find(span -> span.attribute("url.path") != null && span.path.matches(".*\\d{4}.*"));
      return test(
          like.service,
          null,
          List.of(Objects.requireNonNull(like.attribute("url.path")), status(like.httpStatus)),
          0,
          false);
    }
    Service service = http.get(random.nextInt(http.size()));
    return test(service, null, List.of(status(418)), duration(), false);
  }

  /** Questions of a kind about an hour of a service, of those that serve something. */
  List<ServiceQuestion> ofServices(ServiceQuestion.Kind kind, int count) {
    boolean named =
        kind == ServiceQuestion.Kind.CALLS_OF_OPERATION
            || kind == ServiceQuestion.Kind.CRITICAL_PATH;
    List<ServiceQuestion> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MadeSpan like = find(MadeSpan::isServing);
      long span = Math.max(1, day.nanos() / 1_000_000 - HOUR_MILLIS);
      long from = day.startMillis() + random.nextLong(span);
      String operation = named ? like.operationName : null;
      questions.add(
          new ServiceQuestion(kind, like.service.name, operation, from, from + HOUR_MILLIS));
    }
    return questions;
  }

  /**
   * Questions for a span below another, taken from a pair in some trace; one in twenty has the pair
   * the other way round.
   */
  List<TraceQuestion.Below> below(int count) {
    List<TraceQuestion.Below> questions = new ArrayList<>();
    while (questions.size() < count) {
      MadeTrace trace = maker.make(random.nextLong(day.traces()));
      MadeSpan below = trace.spans().get(random.nextInt(trace.spans().size()));
      MadeSpan above = above(trace, below);
      if (above == null || above.service == below.service) {
        continue;
      }
      boolean named = random.nextInt(2) == 0;
      SpanTest ancestor =
          test(above.service, named ? above.operationName : null, List.of(), 0, false);
      SpanTest descendant = descendant(below);
      questions.add(
          questions.size() % 20 == 7
              ? new TraceQuestion.Below(descendant, ancestor)
              : new TraceQuestion.Below(ancestor, descendant));
    }
    return questions;
  }

  private @Nullable MadeSpan above(MadeTrace trace, MadeSpan below) {
    List<MadeSpan> line = new ArrayList<>();
    for (int at = below.parent; at >= 0; at = trace.spans().get(at).parent) {
      line.add(trace.spans().get(at));
    }
    return line.isEmpty() ? null : line.get(random.nextInt(line.size()));
  }

  private SpanTest descendant(MadeSpan like) {
    return switch (random.nextInt(4)) {
      case 0 -> test(like.service, like.operationName, List.of(), 0, false);
      case 1 -> test(like.service, null, List.of(), duration(), false);
      case 2 -> test(like.service, like.operationName, List.of(), 0, true);
      default -> {
        List<KeyValue> all = like.attributes;
        KeyValue one = all.get(random.nextInt(all.size()));
        yield test(like.service, null, List.of(one), 0, false);
      }
    };
  }

  private interface Wanted {
    boolean is(MadeSpan span);
  }

  private MadeSpan find(Wanted wanted) {
    while (true) {
      MadeTrace trace = maker.make(random.nextLong(day.traces()));
      for (MadeSpan span : trace.spans()) {
        if (wanted.is(span)) {
          return span;
        }
      }
    }
  }

  /** From a millisecond to some seconds, in whole microseconds. */
  private long duration() {
    return Math.round(1_000 * Math.exp(random.nextDouble() * 8)) * 1_000;
  }

  private static KeyValue status(int status) {
    return Words.once("http.response.status_code", status);
  }

  private static SpanTest test(
      Service service,
      @Nullable String name,
      List<KeyValue> attributes,
      long minNanos,
      boolean failed) {
    return new SpanTest(service.name, name, attributes, minNanos, failed);
  }
}
