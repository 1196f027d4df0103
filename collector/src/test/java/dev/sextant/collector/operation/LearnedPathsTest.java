package dev.sextant.collector.operation;

import static dev.sextant.collector.operation.NamedSpans.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.OtlpFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is learned of services' paths, through the door. */
class LearnedPathsTest {
  private static final OperationNameSettings TEN = settings(10, 10_000, 8 << 20);

  @TempDir Path directory;

  private NamedSpans open(OperationNameSettings settings) throws Exception {
    return new NamedSpans(settings, directory);
  }

  /** Words that no shape tells from others, the same ones always. */
  static String slug(int number) {
    Random random = new Random(number);
    StringBuilder slug = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      slug.append((char) ('g' + random.nextInt(20)));
    }
    return slug.toString();
  }

  private static Stream<String> slugs(String format, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> format.formatted(slug(i)));
  }

  @Test
  void tenThousandOrders_areOneOperation() throws Exception {
    try (NamedSpans spans = open(NamedSpans.DEFAULT)) {
      Stream<String> orders =
          IntStream.range(0, 10_000).mapToObj(i -> "GET /orders/%d/items".formatted(i));
      assertThat(spans.namesOf("shop", orders)).containsExactly("GET /orders/{id}/items");
    }
  }

  @Test
  void tenThousandSlugs_becomeOneOperationBehindTheFirstHundred() throws Exception {
    try (NamedSpans spans = open(NamedSpans.DEFAULT)) {
      assertThat(spans.namesOf("shop", slugs("GET /products/%s/reviews", 0, 100))).hasSize(100);
      assertThat(spans.namesOf("shop", slugs("GET /products/%s/reviews", 100, 10_000)))
          .containsExactly("GET /products/{id}/reviews");
      assertThat(spans.namesOf("shop", slugs("GET /products/%s/reviews", 0, 100)))
          .containsExactly("GET /products/{id}/reviews");
      assertThat(spans.name("POST /products/anything")).isEqualTo("POST /products/{id}");
      assertThat(spans.name("GET /products")).isEqualTo("GET /products");
      assertThat(spans.names.counters().collapses()).isEqualTo(1);
    }
  }

  @Test
  void rawPathOfALearnedValue_isKept() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET /p/%s", 0, 11));
      var span = spans.span("shop", NamedSpans.server("GET /p/blue-shirt"));
      assertThat(span.getName()).isEqualTo("GET /p/{id}");
      assertThat(span.getAttributesList())
          .containsExactly(Otlp.attribute("url.original", "/p/blue-shirt"));
    }
  }

  @Test
  void servicesLearnApart() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET /p/%s", 0, 11));
      assertThat(spans.span("other", NamedSpans.server("GET /p/blue")).getName())
          .isEqualTo("GET /p/blue");
      assertThat(spans.name("GET /p/blue")).isEqualTo("GET /p/{id}");
    }
  }

  @Test
  void establishedWords_stayWhenTheirPlaceCollapses() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      for (int i = 0; i < LearnedPaths.ESTABLISHED; i++) {
        spans.name("GET /checkout/cart");
        spans.name("POST /login");
      }
      spans.name("GET /seldom");
      Set<String> scanned = spans.namesOf("shop", slugs("GET /%s.php", 0, 100));
      assertThat(scanned).hasSize(8).contains("GET /{id}.php");
      assertThat(spans.name("GET /checkout/cart")).isEqualTo("GET /checkout/cart");
      assertThat(spans.name("GET /checkout/pay")).isEqualTo("GET /checkout/pay");
      assertThat(spans.name("POST /login")).isEqualTo("POST /login");
      assertThat(spans.name("GET /seldom")).isEqualTo("GET /{id}");
      assertThat(spans.name("GET /seldom/below")).isEqualTo("GET /{id}/below");
    }
  }

  @Test
  void keptWords_areNeverValuesAndCountForNothing() throws Exception {
    try (NamedSpans spans = open(settings(10, 10_000, 8 << 20, "wishlist", "2024"))) {
      spans.namesOf("shop", slugs("GET /%s", 0, 11));
      assertThat(spans.name("GET /wishlist")).isEqualTo("GET /wishlist");
      assertThat(spans.name("GET /2024/wishlist")).isEqualTo("GET /2024/wishlist");
      assertThat(spans.name("GET /2025")).isEqualTo("GET /{id}");
      assertThat(spans.name("GET /" + slug(3))).isEqualTo("GET /{id}");
    }
  }

  @Test
  void whatLiesBehindMergedWords_isMergedAndCollapsesToo() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      IntStream.range(0, 10)
          .forEach(
              shop ->
                  spans.namesOf("shop", slugs("GET /s" + slug(shop) + "/%s/x", shop, shop + 2)));
      assertThat(spans.names.counters().collapses()).isZero();
      assertThat(spans.name("GET /another/one/x")).isEqualTo("GET /{id}/{id}/x");
      assertThat(spans.names.counters().collapses()).isEqualTo(2);
    }
  }

  @Test
  void valuesByShapeAndLearnedOnes_areOneOperation() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET /p/%s.html", 0, 11));
      spans.namesOf("shop", slugs("GET /p/%s", 0, 11));
      assertThat(spans.name("GET /p/8213")).isEqualTo("GET /p/{id}");
      assertThat(spans.name("GET /p/shirt")).isEqualTo("GET /p/{id}");
      assertThat(spans.name("GET /p/8213.html")).isEqualTo("GET /p/{id}.html");
      assertThat(spans.name("GET /p/shirt.html")).isEqualTo("GET /p/{id}.html");
    }
  }

  @Test
  void hosts_areLearnedToo() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET http://%s/orders/7", 0, 11));
      assertThat(spans.name("GET http://another:80/orders/8"))
          .isEqualTo("GET http://{host}/orders/{id}");
      assertThat(spans.name("GET /another")).isEqualTo("GET /another");
    }
  }

  @Test
  void pathsBeyondTheBound_keepTheirWordsAndKnownOnesAreNamed() throws Exception {
    try (NamedSpans spans = open(settings(10, 40, 8 << 20))) {
      spans.namesOf("shop", slugs("GET /p/%s", 0, 11));
      spans.namesOf(
          "shop",
          IntStream.range(0, 9).boxed().flatMap(i -> slugs("GET /" + slug(i) + "/%s", 0, 10)));
      assertThat(spans.names.counters().beyondPaths()).isPositive();
      assertThat(spans.name("GET /p/" + slug(77))).isEqualTo("GET /p/{id}");
      assertThat(spans.name("GET /x/y/8213")).isEqualTo("GET /x/y/{id}");
      assertThat(spans.span("other", NamedSpans.server("GET /a/b")).getName())
          .isEqualTo("GET /a/b");
    }
  }

  @Test
  void memoryBound_holdsForAllServicesTogether() throws Exception {
    long memory = 256 << 10;
    try (NamedSpans spans = open(settings(100, 10_000, memory))) {
      for (int i = 0; i < 1000; i++) {
        spans.span("service" + i, NamedSpans.server("GET /a/8213/" + slug(i)));
        spans.span("service", NamedSpans.server("GET /" + slug(i % 90) + "/" + slug(i)));
        assertThat(spans.names.counters().bytes()).isLessThanOrEqualTo(memory + 4096);
      }
      assertThat(spans.names.counters().beyondMemory()).isPositive();
      assertThat(spans.span("yet another", NamedSpans.server("GET /a/8213/b")).getName())
          .isEqualTo("GET /a/{id}/b");
    }
  }

  @Test
  void restart_takesBackWhatWasLearned() throws Exception {
    long learned;
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET /p/%s/r", 0, 11));
      spans.namesOf("shop", slugs("GET /q/%s", 0, 9));
      spans.namesOf("shop", slugs("GET http://%s/a", 0, 11));
      spans.span("söker", NamedSpans.server("GET /日本"));
      learned = spans.names.learning().bytes();
    }
    try (NamedSpans spans = open(TEN)) {
      assertThat(spans.names.learning().bytes()).isEqualTo(learned);
      assertThat(spans.name("GET /p/shirt/r")).isEqualTo("GET /p/{id}/r");
      assertThat(spans.name("GET http://any/a")).isEqualTo("GET http://{host}/a");
      assertThat(spans.name("GET /q/" + slug(0))).isEqualTo("GET /q/" + slug(0));
      assertThat(spans.name("GET /q/tenth")).isEqualTo("GET /q/tenth");
      assertThat(spans.name("GET /q/eleventh")).isEqualTo("GET /q/{id}");
    }
  }

  @Test
  void restart_establishedWordsAreKnown() throws Exception {
    try (NamedSpans spans = open(TEN)) {
      for (int i = 0; i < LearnedPaths.ESTABLISHED; i++) {
        spans.name("GET /login");
      }
    }
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET /%s", 0, 20));
      assertThat(spans.name("GET /login")).isEqualTo("GET /login");
    }
  }

  @Test
  void servicesUnheardOfForAMonth_areForgotten() throws Exception {
    Path file = directory.resolve("names.json");
    try (NamedSpans spans = new NamedSpans(TEN, file, OtlpFixture.NOW)) {
      spans.namesOf("shop", slugs("GET /p/%s", 0, 11));
    }
    var later = OtlpFixture.NOW.plus(java.time.Duration.ofDays(30));
    try (NamedSpans spans = new NamedSpans(TEN, file, later)) {
      assertThat(spans.span("other", NamedSpans.server("GET /p/a")).getName())
          .isEqualTo("GET /p/a");
    }
    try (NamedSpans spans = new NamedSpans(TEN, file, later.plus(java.time.Duration.ofDays(1)))) {
      assertThat(spans.name("GET /p/shirt")).isEqualTo("GET /p/shirt");
      assertThat(Files.readString(file)).contains("other");
    }
  }

  @Test
  void damagedFile_isPutAside() throws Exception {
    Path file = directory.resolve("operation-names.json");
    try (NamedSpans spans = open(TEN)) {
      spans.namesOf("shop", slugs("GET /p/%s", 0, 11));
      spans.names.save();
    }
    String whole = Files.readString(file);
    for (int cut = 0; cut < whole.length() - 1; cut += 7) {
      Files.writeString(file, whole.substring(0, cut));
      try (NamedSpans spans = open(TEN)) {
        assertThat(directory.resolve("operation-names.json.damaged"))
            .hasContent(whole.substring(0, cut));
        assertThat(spans.name("GET /p/shirt")).isEqualTo("GET /p/shirt");
      }
    }
  }

  @Test
  void anotherVersionsFile_isRefused() throws Exception {
    Path file = directory.resolve("operation-names.json");
    Files.writeString(file, "{\"version\":2,\"services\":[]}");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> open(TEN))
        .hasMessageContaining("has version 2")
        .hasMessageContaining("it reads 1");
    assertThat(file).hasContent("{\"version\":2,\"services\":[]}");
  }
}
