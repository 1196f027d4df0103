package dev.sextant.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application's results are the same whatever happens inside the agent. */
class HarmlessnessIT {
  private static final List<String> PATHS =
      List.of(
          "/orders/1",
          "/literal",
          "/batch",
          "/broken-query",
          "/async",
          "/many?queries=3",
          "/tasks/submit",
          "/tasks/execute",
          "/tasks/invoke_all",
          "/tasks/schedule",
          "/tasks/fork_join",
          "/tasks/supply",
          "/tasks/stage",
          "/tasks/virtual");

  @Test
  void everyAdviceThrows_answersAreTheSame() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        App broken =
            App.mvc(Jdk.CURRENT, receiver.endpoint(), "-Dsextant.agent.test.advice-throws=true");
        App without = App.mvc(Jdk.CURRENT, receiver.endpoint(), "-Dotel.javaagent.enabled=false")) {
      for (String path : PATHS) {
        assertThat(broken.get(path).body()).as(path).isEqualTo(without.get(path).body());
      }
      assertThat(broken.get("/boom").statusCode()).isEqualTo(500);
      for (String client : List.of("java", "java-async", "url", "apache")) {
        String call = "/call/" + client + "?url=";
        assertThat(broken.get(call + broken.address() + "/orders/1").body())
            .as(client)
            .isEqualTo("[sextant]");
        assertThat(broken.get(call + "http://localhost:1/").body())
            .as(client)
            .isEqualTo(without.get(call + "http://localhost:1/").body());
      }
      assertThat(broken.output()).anyMatch(line -> line.contains("throws for a test"));
    }
  }

  @Test
  void everyAdviceThrowsInTheGateway_answersAreTheSame() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        App service = App.mvc(Jdk.CURRENT, receiver.endpoint(), "-Dotel.javaagent.enabled=false");
        App gateway =
            App.gateway(
                Jdk.CURRENT,
                receiver.endpoint(),
                "-Dtarget=" + service.address(),
                "-Dsextant.agent.test.advice-throws=true")) {
      assertThat(gateway.get("/api/orders/1").body()).isEqualTo("[sextant]");
      assertThat(gateway.get("/own/x").body()).isEqualTo("hello x");
      assertThat(gateway.output()).anyMatch(line -> line.contains("throws for a test"));
    }
  }

  @Test
  void nonsenseSettings_applicationRunsAndOneLineSaysWhy() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        App app = hello(receiver, App.classPath("mvc-app"), "-Dotel.traces.sampler=nonsense")) {
      assertThat(app.awaitExit()).isZero();
      assertThat(app.output()).contains("hello");
      assertThat(app.output().stream().filter(line -> line.contains("sextant-agent")).toList())
          .hasSize(1)
          .allMatch(line -> line.contains("not started") && line.contains("nonsense"));
    }
  }

  @Test
  void unknownPropagator_isLeftOutAndOneLineSaysSo() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        App app = hello(receiver, App.classPath("mvc-app"), "-Dotel.propagators=xray,b3")) {
      assertThat(app.awaitExit()).isZero();
      assertThat(app.output()).contains("hello");
      assertThat(app.output().stream().filter(line -> line.contains("sextant-agent")).toList())
          .singleElement()
          .asString()
          .contains("otel.propagators: 'xray' is none of");
    }
  }

  @Test
  void switchedOff_isSilentAndSendsNothing() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        App app = hello(receiver, App.classPath("mvc-app"), "-Dotel.javaagent.enabled=false")) {
      assertThat(app.awaitExit()).isZero();
      assertThat(app.output()).containsExactly("hello", "listening sockets: 0");
      assertThat(receiver.received()).isZero();
    }
  }

  @Test
  void agent_opensNoListeningSocket() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver();
        App app =
            App.start(
                Jdk.CURRENT,
                receiver.endpoint(),
                App.classPath("mvc-app"),
                List.of("dev.sextant.testapps.mvc.Hello", "wait"),
                List.of())) {
      app.awaitLine("hello");
      receiver.awaitMetric("jvm.memory.used", metric -> true);
      app.type('x');
      assertThat(app.awaitExit()).isZero();
      assertThat(app.output()).contains("listening sockets: 0");
    }
  }

  @Test
  void libraryOfAnotherShape_isLeftAlone(@TempDir Path classes) throws Exception {
    fake("org.apache.hc.client5.http.impl.classic.InternalHttpClient", "doExecute", 3, classes);
    fake("org.apache.catalina.connector.CoyoteAdapter", "service", 2, classes);
    fake("ch.qos.logback.classic.Logger", "callAppenders", 1, classes);
    String classPath =
        classes
            + File.pathSeparator
            + Path.of(System.getProperty("sextant.agent.apps"), "mvc-app", "target", "classes");
    try (OtlpReceiver receiver = new OtlpReceiver();
        App app = fakes(receiver, classPath)) {
      assertThat(app.awaitExit()).isZero();
      assertThat(app.output()).filteredOn(line -> line.equals("unharmed")).hasSize(3);
      assertThat(app.output()).noneMatch(line -> line.contains("Error"));
      assertThat(app.output())
          .anyMatch(line -> line.contains("apache-httpclient-5 is not applied"));
    }
  }

  private static App hello(OtlpReceiver receiver, String classPath, String... options) {
    return App.start(
        Jdk.CURRENT,
        receiver.endpoint(),
        classPath,
        List.of("dev.sextant.testapps.mvc.Hello"),
        Stream.of(options).toList());
  }

  private static App fakes(OtlpReceiver receiver, String classPath) {
    return App.start(
        Jdk.CURRENT,
        receiver.endpoint(),
        classPath,
        List.of(
            "dev.sextant.testapps.mvc.CallAll",
            "org.apache.hc.client5.http.impl.classic.InternalHttpClient.doExecute",
            "org.apache.catalina.connector.CoyoteAdapter.service",
            "ch.qos.logback.classic.Logger.callAppenders"),
        List.of("-Dotel.javaagent.debug=true"));
  }

  /** A class of the library's name whose method takes anything. */
  private static void fake(String name, String method, int parameters, Path classes)
      throws IOException {
    Class<?>[] types = new Class<?>[parameters];
    java.util.Arrays.fill(types, Object.class);
    byte[] bytes =
        new ByteBuddy(ClassFileVersion.JAVA_V17)
            .subclass(Object.class)
            .name(name)
            .defineMethod(method, String.class, Modifier.PUBLIC)
            .withParameters(types)
            .intercept(FixedValue.value("unharmed"))
            .make()
            .getBytes();
    Path file = classes.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
