package dev.sextant.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.server.access.AccessToken;
import dev.sextant.server.cli.CommandLineInterface;
import dev.sextant.server.config.ConfigReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Clients of Prometheus' API at the running server: promtool, what Grafana does, and our own. */
class PrometheusClientsIT {
  @TempDir static Path dir;
  private static final String TOKEN = AccessToken.random();
  private static final long NOW = System.currentTimeMillis() / 1000;
  private static SextantServer server;
  private static SextantServer closed;

  @BeforeAll
  static void start() throws IOException {
    server =
        SextantServer.start(
            ConfigReader.read(null, RouteAccessTest.ports()), dir.resolve("data"), line -> {});
    Path tokens =
        Files.writeString(
            dir.resolve("tokens.yaml"),
            "tokens:\n  - {name: v, sha256: %s, roles: [viewer]}\n"
                .formatted(AccessToken.hash(TOKEN)));
    closed =
        SextantServer.start(
            ConfigReader.read(null, RouteAccessTest.ports("auth.tokens-file=" + tokens)),
            dir.resolve("closed"),
            line -> {});
    write("a", 1);
    write("b", 2.5);
  }

  /** A gauge's point now and a minute ago, over OTLP. */
  private static void write(String shop, double value) {
    StringBuilder points = new StringBuilder();
    for (long time : new long[] {NOW - 60, NOW}) {
      points
          .append(points.isEmpty() ? "" : ",")
          .append("{\"timeUnixNano\":\"%d000000000\",\"asDouble\":%s,".formatted(time, value))
          .append(
              "\"attributes\":[{\"key\":\"shop\",\"value\":{\"stringValue\":\"%s\"}}]}"
                  .formatted(shop));
    }
    String body =
        "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
            + "\"value\":{\"stringValue\":\"till\"}}]},\"scopeMetrics\":[{\"metrics\":[{"
            + "\"name\":\"till.open\",\"description\":\"Open tills.\",\"gauge\":{\"dataPoints\":["
            + points
            + "]}}]}]}]}";
    HttpRequest request =
        HttpRequest.builder().post("/v1/metrics").content(MediaType.JSON, body).build();
    assertThat(http().execute(request).aggregate().join().status().code()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
    closed.close();
  }

  private static String url() {
    return "http://127.0.0.1:" + server.ports().get("http");
  }

  private static WebClient http() {
    return WebClient.of(url());
  }

  private record Run(int code, String out, String err) {}

  private static Run promtool(String... args) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
        "skipped: promtool is not installed");
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, "");
  }

  @Test
  void promtool_queriesAndChecks() throws Exception {
    String at = "--time=" + NOW;
    assertThat(promtool("query", "instant", at, url(), "till_open").out())
        .contains("till_open{job=\"till\", shop=\"a\"} => 1 @[" + NOW)
        .contains("till_open{job=\"till\", shop=\"b\"} => 2.5 @[");
    assertThat(promtool("query", "instant", url(), "1 +").out())
        .contains(
            "bad_data: invalid parameter \"query\": 1:4: parse error: unexpected end of input");
    assertThat(
            promtool(
                    "query",
                    "range",
                    "--start=" + (NOW - 60),
                    "--end=" + NOW,
                    "--step=30s",
                    url(),
                    "sum(till_open)")
                .out())
        .contains("3.5 @[" + (NOW - 60) + "]", "3.5 @[" + (NOW - 30) + "]", "3.5 @[" + NOW + "]");
    assertThat(promtool("query", "series", "--match=till_open{shop=\"a\"}", url()).out().strip())
        .isEqualTo("{__name__=\"till_open\", job=\"till\", shop=\"a\"}");
    assertThat(promtool("query", "labels", url(), "shop").out().lines()).containsExactly("a", "b");
    for (String probe : List.of("healthy", "ready")) {
      Run checked = promtool("check", probe, "--url=" + url());
      // 2.42 has neither command.
      assertThat(checked.code() == 0 || checked.out().contains("expected command but got"))
          .as(checked.out())
          .isTrue();
    }
  }

  @Test
  void probes_answerGetAndHead() {
    for (String probe : List.of("/-/healthy", "/-/ready")) {
      assertThat(http().get(probe).aggregate().join().status().code()).isEqualTo(200);
      assertThat(http().head(probe).aggregate().join().status().code()).isEqualTo(200);
    }
  }

  private static JsonNode json(AggregatedHttpResponse answer) throws IOException {
    assertThat(answer.status().code()).as(answer.contentUtf8()).isEqualTo(200);
    JsonNode json = JsonMapper.builder().build().readTree(answer.contentUtf8());
    assertThat(json.get("status").asText()).isEqualTo("success");
    return json.get("data");
  }

  private static JsonNode post(String path, String form) throws IOException {
    return json(
        http()
            .execute(HttpRequest.builder().post(path).content(MediaType.FORM_DATA, form).build())
            .aggregate()
            .join());
  }

  private static JsonNode get(String path) throws IOException {
    return json(http().get(path).aggregate().join());
  }

  /** What its Prometheus data source asks, in its order, from saving it to an open dashboard. */
  @Test
  void grafana_findsWhatItLooksFor() throws Exception {
    String api = "/prometheus/api/v1/";
    String range = "start=" + (NOW - 3600) + "&end=" + NOW;

    assertThat(post(api + "query", "query=1%2B1&time=" + NOW).at("/result/1").asText())
        .isEqualTo("2");
    assertThat(get(api + "status/buildinfo").at("/version").asText()).startsWith("3.");
    assertThat(get(api + "status/flags").isObject()).isTrue();
    assertThat(post(api + "labels", range + "&limit=40000&match[]=till_open").toString())
        .isEqualTo("[\"__name__\",\"job\",\"shop\"]");
    assertThat(get(api + "metadata?limit=40000").at("/till_open/0/help").asText())
        .isEqualTo("Open tills.");
    assertThat(get(api + "metadata?limit=40000").at("/till_open/0/type").asText())
        .isEqualTo("gauge");
    assertThat(get(api + "label/__name__/values?limit=40000&" + range).toString())
        .contains("\"till_open\"");
    assertThat(get(api + "label/U__shop/values?limit=1&" + range).toString()).isEqualTo("[\"a\"]");
    assertThat(post(api + "series", range + "&limit=40000&match[]=till_open")).hasSize(2);
    assertThat(get(api + "query_exemplars?query=till_open&" + range).isArray()).isTrue();
    assertThat(get(api + "rules").at("/groups").isArray()).isTrue();
    assertThat(post(api + "query_range", "query=till_open&step=15&" + range).at("/result"))
        .hasSize(2);
  }

  private static Run sextant(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new CommandLineInterface())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void query_findsTheServerByItsDataDirectory() {
    String data = dir.resolve("data").toString();
    Run instant = sextant("query", "--data", data, "--time", "" + NOW, "till_open");
    Run csv = sextant("query", "--data", data, "--time", "" + NOW, "--format=csv", "till_open");
    Run range =
        sextant(
            "query",
            "--url",
            url() + "/prometheus/",
            "--start=" + (NOW - 60),
            "--end=" + NOW,
            "--step=30s",
            "--format=json",
            "max(till_open)");

    assertThat(instant.out().lines())
        .containsExactly(
            "all of 2: till_open{job=\"till\"}",
            "series      value",
            "{shop=\"a\"}      1",
            "{shop=\"b\"}    2.5");
    assertThat(instant.code()).isZero();
    assertThat(csv.out())
        .isEqualTo(
            "__name__,job,shop,timestamp,value\ntill_open,till,a,%d,1\ntill_open,till,b,%d,2.5\n"
                .formatted(NOW, NOW));
    assertThat(range.out())
        .contains(
            "\"values\":[[%d,\"2.5\"],[%d,\"2.5\"],[%d,\"2.5\"]]"
                .formatted(NOW - 60, NOW - 30, NOW));
  }

  @Test
  void query_errors_areOneSentenceWithThePlace() {
    Run wrong = sextant("query", "--url", url(), "sum(till_open) by");
    Run failing = sextant("query", "--url", url(), "till_open * on () group_left () till_open");
    Run nobody = sextant("query", "--url", "http://127.0.0.1:1", "up");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err().lines().toList()).hasSize(3);
    assertThat(wrong.err())
        .startsWith("sextant: 1:18: parse error: unexpected end of input")
        .endsWith("  sum(till_open) by\n                   ^\n");
    assertThat(failing.code()).isEqualTo(1);
    assertThat(failing.err()).startsWith("sextant: found duplicate series for the match group {}");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err())
        .isEqualTo(
            "sextant: nobody answers at http://127.0.0.1:1; start Sextant with 'sextant serve', or"
                + " name another with --url\n");
    assertThat(sextant("query", "--format=xml", "up").code()).isEqualTo(2);
    assertThat(sextant("query", "--time=1", "--step=1", "up").code()).isEqualTo(2);
  }

  @Test
  void query_remarks_goToStandardError() {
    Run info = sextant("query", "--url", url(), "--time=" + NOW, "rate(till_open[5m])");

    assertThat(info.err()).startsWith("info: PromQL info: metric might not be a counter");
    assertThat(info.out()).startsWith("all of 2: {job=\"till\"}");
  }

  @Test
  void query_token_isReadFromAFile() throws IOException {
    String address = "http://127.0.0.1:" + closed.ports().get("http");
    Path token = Files.writeString(dir.resolve("token"), TOKEN + "\n");
    Path wrong = Files.writeString(dir.resolve("wrong"), "x");

    assertThat(sextant("query", "--url", address, "1").err())
        .contains("wants an access token: give a file that holds one with --token-file");
    assertThat(sextant("query", "--url", address, "--token-file", token.toString(), "1").code())
        .isZero();
    Run refused = sextant("query", "--url", address, "--token-file", wrong.toString(), "1");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("does not let this token read");
  }
}
