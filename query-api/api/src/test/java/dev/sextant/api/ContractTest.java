package dev.sextant.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sextant.api.access.Role;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {
  @TempDir Path dir;

  @Test
  void paths_areThoseOfTheRoutes() {
    try (TestApi api = new TestApi(dir)) {
      Set<String> served =
          api.routes()
              .map(route -> route.route().patternString().replaceAll(":([A-Za-z]+)", "{$1}"))
              .filter(path -> path.startsWith("/sextant/"))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(served).isEqualTo(Contract.paths());
    }
  }

  @Test
  void methods_areThoseOfTheRoutes() {
    try (TestApi api = new TestApi(dir)) {
      api.routes()
          .filter(route -> route.route().patternString().startsWith("/sextant/"))
          .forEach(
              route ->
                  assertThat(route.route().methods())
                      .extracting(Enum::name)
                      .containsExactlyElementsOf(
                          Contract.methods(
                              route.route().patternString().replaceAll(":([A-Za-z]+)", "{$1}"))));
    }
  }

  @Test
  void routes_allNeedARole() {
    try (TestApi api = new TestApi(dir)) {
      assertThat(api.routes())
          .allSatisfy(
              route ->
                  assertThat(route.role())
                      .isEqualTo(
                          route.route().patternString().contains("/admin/")
                              ? Role.ADMIN
                              : Role.VIEWER));
    }
  }

  @Test
  void document_isServed() throws Exception {
    try (TestApi api = new TestApi(dir)) {
      var answer = api.raw("/sextant/v1/openapi.yaml");

      assertThat(answer.headers().contentType().toString()).isEqualTo("application/yaml");
      assertThat(new YAMLMapper().readTree(answer.contentUtf8()).get("openapi").asText())
          .isEqualTo("3.1.0");
    }
  }

  @Test
  void check_findsMissingUnnamedAndWrongFields() throws Exception {
    JsonMapper json = JsonMapper.builder().build();
    String good = "{\"bucketMillis\":1,\"levels\":[],\"buckets\":[]}";
    Contract.check("/sextant/v1/logs/histogram?from=1", 200, json.readTree(good));

    for (String bad :
        new String[] {
          "{\"levels\":[],\"buckets\":[]}",
          "{\"bucketMillis\":1,\"levels\":[],\"buckets\":[],\"more\":1}",
          "{\"bucketMillis\":1,\"levels\":[],\"buckets\":[{\"startMillis\":1,\"counts\":[],\"more\":1}]}",
          "{\"bucketMillis\":\"1\",\"levels\":[],\"buckets\":[]}"
        }) {
      assertThatThrownBy(
              () -> Contract.check("/sextant/v1/logs/histogram", 200, json.readTree(bad)))
          .isInstanceOf(AssertionError.class);
    }
  }
}
