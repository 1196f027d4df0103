package dev.sextant.api.status;

import static dev.sextant.api.TestApi.NOW_MILLIS;
import static dev.sextant.api.TestApi.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.TestApi;
import dev.sextant.api.access.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusApiTest {
  @TempDir Path dir;

  @Test
  void status_hasEveryField() {
    try (TestApi api = new TestApi(dir)) {
      var json = api.get("/sextant/v1/status").json();

      assertThat(json.at("/version").asText()).isEqualTo("1.2.3");
      assertThat(json.at("/tenant").asText()).isEqualTo("default");
      assertThat(json.at("/startedMillis").asLong()).isEqualTo(NOW_MILLIS - 60_000);
      assertThat(json.at("/ports/http").asInt()).isEqualTo(9090);
      assertThat(json.at("/received").toString())
          .isEqualTo("{\"spans\":1,\"samples\":2,\"lines\":3}");
      assertThat(json.at("/refused").toString())
          .isEqualTo(
              "[{\"timeMillis\":"
                  + NOW_MILLIS
                  + ",\"path\":\"/v1/traces\",\"status\":400,\"reason\":\"not protobuf\"}]");
      assertThat(json.at("/disk").toString())
          .isEqualTo("{\"usableBytes\":1000,\"dataBytes\":4096}");
      assertThat(json.at("/agentJar").isNull()).isTrue();
    }
  }

  @Test
  void status_agentJar_isItsPath() {
    var status =
        new StatusSource.Status("1", 1, Map.of(), 0, 0, 0, List.of(), 0, 0, "/opt/agent.jar");
    try (TestApi api = new TestApi(dir, new TestApi.Options().status(status))) {
      assertThat(api.get("/sextant/v1/status").json().at("/agentJar").asText())
          .isEqualTo("/opt/agent.jar");
    }
    assertThat(STATUS.agentJar()).isEmpty();
  }

  @Test
  void facade_withoutTheRole_refusesByItself() {
    try (TestApi api = new TestApi(dir, new TestApi.Options().role(Role.INGEST))) {
      for (String path :
          new String[] {
            "status",
            "services",
            "services/x",
            "services/x/calls",
            "services/x/errors",
            "services/x/versions",
            "topology",
            "traces",
            "traces/1",
            "spans/compare?selection={}",
            "spans/durations",
            "spans/values/name",
            "logs",
            "logs/histogram",
            "logs/values/level",
            "alerts"
          }) {
        var answer = api.get("/sextant/v1/" + path);

        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.json().at("/error/message").asText())
            .isEqualTo("test needs the role viewer");
      }
      for (String path :
          new String[] {
            "query?query=up",
            "query_range?query=up&start=0&end=1&step=1",
            "format_query?query=up",
            "query_exemplars?query=up",
            "series?match[]=up",
            "labels",
            "label/job/values",
            "metadata",
            "rules",
            "alerts"
          }) {
        var answer = api.get("/api/v1/" + path);

        assertThat(answer.status()).as(path).isEqualTo(403);
        assertThat(answer.json().at("/errorType").asText()).isEqualTo("forbidden");
      }
    }
  }
}
