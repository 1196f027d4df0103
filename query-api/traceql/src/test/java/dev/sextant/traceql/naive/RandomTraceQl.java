package dev.sextant.traceql.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Queries by seed that spans of {@code RandomSpans} match now and then; some are ill-typed. */
public final class RandomTraceQl {
  private static final List<String> KEYS =
      List.of("http.method", "code", "ratio", "flag", "mixed", "list", "größe", "not.there");
  private static final List<String> SCOPES =
      List.of(".", ".", "span.", "span.", "resource.", "event.", "link.", "instrumentation.");
  private static final List<String> INTRINSICS =
      List.of(
          "name",
          "status",
          "statusMessage",
          "kind",
          "duration",
          "rootName",
          "rootServiceName",
          "traceDuration",
          "span:childCount",
          "event:name",
          "event:timeSinceStart",
          "span:id",
          "span:parentID",
          "link:spanID",
          "instrumentation:name",
          "nestedSetLeft",
          "nestedSetRight",
          "nestedSetParent",
          "trace:id");
  private static final List<String> NUMBERS =
      List.of(
          ".code",
          "span.code",
          ".ratio",
          "span.ratio",
          "duration",
          "traceDuration",
          "span.mixed",
          "event:timeSinceStart",
          "span:childCount",
          "nestedSetLeft",
          "event.code",
          ".mixed");
  private static final List<String> LITERALS =
      List.of(
          "200",
          "300",
          "1",
          "2",
          "-1",
          "0",
          "0.5",
          "1.25",
          "500ms",
          "1s",
          "10ns",
          "\"GET\"",
          "\"POST\"",
          "\"\"",
          "\"shop\"",
          "\"pay\"",
          "true",
          "false",
          "\"exception\"");
  private static final List<String> REGEXES =
      List.of("\"GET.*\"", "\"G|POST\"", "\".*\"", "\".+\"", "\"[a-z]+\"", "\"shop(-db)?\"");
  private static final List<String> STRUCTURAL =
      List.of(
          ">", ">>", "<", "<<", "~", "!>", "!>>", "!<", "!<<", "!~", "&>", "&>>", "&<", "&<<",
          "&~");

  private final Random random;

  public RandomTraceQl(long seed) {
    random = new Random(seed);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String comparison() {
    return pick(List.of("=", "=", "!=", "<", "<=", ">", ">="));
  }

  /** An attribute or intrinsic. */
  public String field() {
    return switch (random.nextInt(5)) {
      case 0 -> "resource.service.name";
      case 1 -> pick(INTRINSICS);
      default -> pick(SCOPES) + pick(KEYS);
    };
  }

  /** A condition on one span. */
  public String condition(int depth) {
    return switch (random.nextInt(depth > 0 ? 15 : 10)) {
      case 0 -> typed();
      case 1 -> field() + pick(List.of(" = nil", " != nil"));
      case 2 -> field() + pick(List.of(" =~ ", " !~ ")) + pick(REGEXES);
      case 3 -> number(2) + " " + comparison() + " " + number(1);
      case 4 -> field() + " " + comparison() + " " + field();
      case 5 -> pick(LITERALS) + " " + comparison() + " " + field();
      case 6 -> pick(SCOPES) + "flag";
      case 10 -> "(" + condition(depth - 1) + ") && (" + condition(depth - 1) + ")";
      case 11, 12 -> "(" + condition(depth - 1) + ") || (" + condition(depth - 1) + ")";
      case 13 -> "!(" + condition(depth - 1) + ")";
      case 14 ->
          condition(depth - 1) + " && " + condition(depth - 1) + " || " + condition(depth - 1);
      default -> field() + " " + comparison() + " " + pick(LITERALS);
    };
  }

  private String typed() {
    return switch (random.nextInt(7)) {
      case 0 -> "status " + pick(List.of("=", "!=")) + pick(List.of(" error", " ok", " unset"));
      case 1 -> "kind " + pick(List.of("=", "!=")) + pick(List.of(" server", " client"));
      case 2 -> "name = \"GET\"";
      case 3 -> "duration " + comparison() + " " + pick(List.of("100ms", "1s", "1.5s"));
      case 4 -> "rootServiceName = \"shop\"";
      case 5 -> "resource.service.name " + pick(List.of("=", "!=")) + " \"cart\"";
      default -> "nestedSetParent " + comparison() + " 1";
    };
  }

  private String number(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> pick(List.of("1", "2", "0.5", "100ms", "300", "(.code - 300)"));
      case 3, 4 ->
          "("
              + number(depth - 1)
              + pick(List.of(" + ", " - ", " * ", " / ", " % ", " ^ "))
              + number(depth - 1)
              + ")";
      case 5 -> "-(" + pick(NUMBERS) + ")";
      default -> pick(NUMBERS);
    };
  }

  /** A filter or some joined by operators. */
  public String spanset(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 4)) {
      case 0 -> "{}";
      case 4, 5, 6 ->
          "(" + spanset(depth - 1) + " " + pick(STRUCTURAL) + " " + spanset(depth - 1) + ")";
      case 7, 8 ->
          "(" + spanset(depth - 1) + pick(List.of(" && ", " || ")) + spanset(depth - 1) + ")";
      default -> "{ " + condition(2) + " }";
    };
  }

  /** A search: a pipeline, or pipelines joined by operators. */
  public String search() {
    return random.nextInt(4) == 0 ? wrapped(2) : pipeline(2);
  }

  private String wrapped(int depth) {
    return depth == 0 || random.nextInt(3) == 0
        ? "(" + pipeline(1) + ")"
        : "("
            + wrapped(depth - 1)
            + " "
            + (random.nextInt(3) == 0 ? pick(List.of("&&", "||")) : pick(STRUCTURAL))
            + " "
            + wrapped(depth - 1)
            + ")";
  }

  /** Steps divided by bars. */
  public String pipeline(int depth) {
    List<String> steps = new ArrayList<>();
    steps.add(random.nextInt(12) == 0 ? scalar() : spanset(depth));
    for (int i = random.nextInt(4); i > 0; i--) {
      steps.add(
          switch (random.nextInt(6)) {
            case 0 -> "by(" + (random.nextInt(4) == 0 ? number(1) : field()) + ")";
            case 1 -> "coalesce()";
            case 2 -> "select(" + field() + ", " + field() + ")";
            case 3 -> spanset(depth);
            default -> scalar();
          });
    }
    return String.join(" | ", steps);
  }

  /** A metrics query. */
  public String metrics() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> math();
      case 2 -> pick(List.of("{}", "{ " + condition(1) + " }")) + " | compare(" + compare() + ")";
      default -> series() + stages();
    };
  }

  private String compare() {
    return "{ "
        + condition(1)
        + " }"
        + pick(List.of("", ", 1", ", 3", ", 2, 600000000000, 2400000000000"));
  }

  private String math() {
    String side = random.nextInt(3) == 0 ? pick(List.of("2", "0.5", "0")) : "(" + series() + ")";
    return "("
        + series()
        + stages()
        + ") "
        + pick(List.of("+", "-", "*", "/"))
        + " "
        + side
        + (random.nextInt(3) == 0 ? stages() : "");
  }

  private String series() {
    String pipeline =
        random.nextInt(3) == 0
            ? pipeline(1)
            : random.nextBoolean() ? "{}" : "{ " + condition(2) + " }";
    return pipeline + " | " + function() + by();
  }

  private String function() {
    return switch (random.nextInt(7)) {
      case 0, 1 -> "rate()";
      case 2 -> "count_over_time()";
      case 3 -> "histogram_over_time(" + pick(NUMBERS) + ")";
      case 4 -> "quantile_over_time(" + pick(NUMBERS) + pick(List.of(", 0.5", ", .9, 0, 1")) + ")";
      default -> pick(List.of("min", "max", "avg", "sum")) + "_over_time(" + pick(NUMBERS) + ")";
    };
  }

  private String by() {
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add(field());
    }
    return fields.isEmpty() ? "" : " by (" + String.join(", ", fields) + ")";
  }

  private String stages() {
    return switch (random.nextInt(5)) {
      case 0 -> " | topk(" + (1 + random.nextInt(4)) + ")";
      case 1 -> " | bottomk(" + (1 + random.nextInt(4)) + ")";
      case 2 -> " " + comparison() + " " + pick(List.of("0", "0.001", "1", "2", "500ms"));
      default -> "";
    };
  }

  private String scalar() {
    String aggregate =
        random.nextInt(3) == 0
            ? "count()"
            : pick(List.of("min", "max", "avg", "sum")) + "(" + pick(NUMBERS) + ")";
    return aggregate
        + " "
        + comparison()
        + " "
        + pick(List.of("1", "2", "3", "300", "0.5", "100ms", "1s"));
  }
}
