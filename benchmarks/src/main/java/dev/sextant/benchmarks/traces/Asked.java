package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.benchmarks.subject.Subject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Asks one question after the other over one connection and holds the answers against what the
 * generator knows. For one thread.
 */
final class Asked implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  static final Duration LONGEST = Duration.ofMinutes(2);
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Subject subject;
  private final Door door;
  private final TraceMaker maker;
  private final Day day;
  private final Duration longest;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param longest that one kind of questions may take altogether; those that come then are not
   *     asked
   */
  Asked(Subject subject, Door door, Landscape landscape, Day day, Duration longest) {
    this.subject = subject;
    this.door = door;
    this.day = day;
    this.maker = new TraceMaker(landscape, day);
    this.longest = longest;
  }

  /** Asks one question and checks its answer; returns how long it took, in nanoseconds. */
  @FunctionalInterface
  private interface Asking<Q> {
    long ask(Q question) throws IOException, InterruptedException;
  }

  /**
   * How long questions of one kind took.
   *
   * @param latency in nanoseconds
   * @param cpu processor time of the server for all of them
   * @param slowest of the questions
   */
  record Answers(Histogram latency, Duration cpu, String slowest) {
    /** Milliseconds of one question. */
    double cpuMillis() {
      return cpu.toNanos() / 1e6 / Math.max(1, latency.getTotalCount());
    }

    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }
  }

  Answers byId(List<Long> warmUp, List<Long> traces) throws IOException, InterruptedException {
    return each(warmUp, traces, this::byId);
  }

  Answers search(List<? extends TraceQuestion> warmUp, List<? extends TraceQuestion> questions)
      throws IOException, InterruptedException {
    return each(warmUp, questions, this::search);
  }

  /** The rate by service over everything, so many times. */
  Answers rate(int times, Map<String, Long> expected) throws IOException, InterruptedException {
    List<Integer> turns = IntStream.range(0, times).boxed().toList();
    return each(turns.subList(0, 3), turns, turn -> rate(expected));
  }

  Answers ofServices(List<ServiceQuestion> warmUp, List<ServiceQuestion> questions)
      throws IOException, InterruptedException {
    return each(warmUp, questions, this::ofService);
  }

  private long ofService(ServiceQuestion question) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(subject.address().resolve(question.request()))
            .timeout(LONGEST)
            .build();
    long begin = System.nanoTime();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    long took = System.nanoTime() - begin;
    String wrong = question.wrong(JSON.readTree(body(request, answer)));
    if (wrong != null) {
      throw new WrongAnswerException(request, wrong + ": " + question);
    }
    return took;
  }

  private <Q> Answers each(List<? extends Q> warmUp, List<? extends Q> questions, Asking<Q> asking)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (Q each : warmUp) {
      if (System.nanoTime() - begin < WARM_UP_NANOS) {
        asking.ask(each);
      }
    }
    Histogram latency = new Histogram(LONGEST.toNanos(), 3);
    Duration cpu = subject.cpu();
    String slowest = "";
    long most = 0;
    begin = System.nanoTime();
    for (Q each : questions) {
      if (System.nanoTime() - begin < longest.toNanos()) {
        long took = Math.min(LONGEST.toNanos(), asking.ask(each));
        latency.recordValue(took);
        slowest = took > most ? each.toString() : slowest;
        most = Math.max(most, took);
      }
    }
    return new Answers(latency, subject.cpu().minus(cpu), slowest);
  }

  private long byId(long number) throws IOException, InterruptedException {
    HttpRequest request = door.byId(number);
    long begin = System.nanoTime();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    long took = System.nanoTime() - begin;
    if (number >= day.traces()) {
      if (answer.statusCode() != 404) {
        throw new WrongAnswerException(request, answer.statusCode() + " for an unknown trace");
      }
      return took;
    }
    Set<String> expected = new TreeSet<>();
    maker.make(number).spans().forEach(s -> expected.add(Ids.hex(Ids.span(number, s.index))));
    Set<String> found = door.spans(body(request, answer));
    if (!found.equals(expected)) {
      throw new WrongAnswerException(
          request, "spans " + new TreeSet<>(found) + ", not " + expected);
    }
    return took;
  }

  private long search(TraceQuestion question) throws IOException, InterruptedException {
    HttpRequest request = door.search(question);
    long begin = System.nanoTime();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    long took = System.nanoTime() - begin;
    Door.Found found = door.found(body(request, answer));
    long wanted = Math.min(TraceQuestion.LIMIT, question.matching());
    if (found.traces().size() != wanted) {
      throw new WrongAnswerException(
          request, "%d traces, not %d: %s".formatted(found.traces().size(), wanted, question));
    }
    if (found.total().isPresent() && found.total().getAsLong() != question.matching()) {
      throw new WrongAnswerException(
          request,
          "a total of %d, not %d: %s"
              .formatted(found.total().getAsLong(), question.matching(), question));
    }
    for (long high : found.traces()) {
      long number = Ids.traceOf(high);
      boolean known = number >= 0 && number < day.traces();
      if (!known || !question.matches(maker.make(number))) {
        throw new WrongAnswerException(
            request, "trace %s does not match %s".formatted(Ids.hex(high), question));
      }
      if (found.newestFirst() && number < question.oldestShown()) {
        throw new WrongAnswerException(
            request, "trace %d is none of the newest of %s".formatted(number, question));
      }
    }
    return took;
  }

  private long rate(Map<String, Long> expected) throws IOException, InterruptedException {
    HttpRequest request = door.rate();
    long begin = System.nanoTime();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    long took = System.nanoTime() - begin;
    Map<String, Double> found = door.spansByService(body(request, answer));
    boolean same = found.keySet().equals(expected.keySet());
    for (Map.Entry<String, Long> each : expected.entrySet()) {
      same &= Math.abs(found.getOrDefault(each.getKey(), 0.0) - each.getValue()) < 0.5;
    }
    if (!same) {
      throw new WrongAnswerException(request, found + ", not " + expected);
    }
    return took;
  }

  private static byte[] body(HttpRequest request, HttpResponse<byte[]> answer)
      throws WrongAnswerException {
    if (answer.statusCode() != 200) {
      throw new WrongAnswerException(
          request, answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
