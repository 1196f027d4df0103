package dev.sextant.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagSearchTest {
  @Test
  void query_hasASpansetForEachTagAndOneForDurations() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("service.name", "shop");
    tags.put("name", "GET /a.b");
    tags.put("http.status_code", "500");

    assertThat(TagSearch.query(tags, 10_000_000, 20_000_000))
        .isEqualTo(
            """
            { resource.service.name =~ "(?i).*shop.*" } \
            && { name =~ "(?i).*GET /a\\\\.b.*" } \
            && { span.http.status_code =~ "(?i).*500.*" || span.http.status_code = 500 \
            || resource.http.status_code =~ "(?i).*500.*" || resource.http.status_code = 500 } \
            && { traceDuration >= 10000000ns && traceDuration <= 20000000ns }""");
  }

  @Test
  void query_ofNothing_isEverything() {
    assertThat(TagSearch.query(Map.of(), 0, 0)).isEqualTo("{}");
  }

  @Test
  void query_oddNames_areQuoted() {
    assertThat(TagSearch.query(Map.of("a b", ""), 0, 0))
        .isEqualTo(
            """
            { span."a b" =~ "(?i).*.*" || span."a b" != nil \
            || resource."a b" =~ "(?i).*.*" || resource."a b" != nil }""");
  }

  @Test
  void query_wellKnownTags_areIntrinsics() {
    assertThat(TagSearch.query(Map.of("root.name", "r"), 0, 0))
        .isEqualTo("{ rootName =~ \"(?i).*r.*\" }");
    assertThat(TagSearch.query(Map.of("root.service.name", "r"), 0, 0))
        .isEqualTo("{ rootServiceName =~ \"(?i).*r.*\" }");
    assertThat(TagSearch.query(Map.of("status.code", "error"), 0, 0))
        .isEqualTo("{ status = error }");
    assertThatThrownBy(() -> TagSearch.query(Map.of("status.code", "2"), 0, 0))
        .hasMessage("status.code is \"2\"; it must be unset, ok or error");
  }
}
