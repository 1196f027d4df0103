package dev.sextant.agent.core.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Builds the SDK from the standard {@code OTEL_*} variables and {@code otel.*} properties.
 *
 * <p>Spans and log records wait in queues of at most 2,048 items each; what does not fit is dropped
 * and counted by the SDK. At the exit of the JVM the queues are flushed for at most {@value
 * #FLUSH_SECONDS} seconds.
 */
public final class SdkStart {
  private static final int FLUSH_SECONDS = 3;

  private SdkStart() {}

  /** Builds and installs the SDK; opens no connection. */
  public static void start() {
    final OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .setServiceClassLoader(SdkStart.class.getClassLoader())
            .addPropertiesSupplier(SdkStart::defaults)
            .addPropertiesCustomizer(SdkStart::overrides)
            .addResourceCustomizer((resource, config) -> ProcessResource.complete(resource))
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    Telemetry.install(sdk);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> flush(sdk), "sextant-agent-flush"));
  }

  private static void flush(OpenTelemetrySdk sdk) {
    UrlConnectionSender.stopRetrying();
    sdk.shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
    return defaults;
  }

  private static Map<String, String> overrides(ConfigProperties config) {
    Map<String, String> overrides = new HashMap<>();
    for (String signal : new String[] {"", "traces.", "metrics.", "logs."}) {
      String property = "otel.exporter.otlp." + signal + "protocol";
      String protocol = config.getString(property);
      if (protocol != null && !protocol.equals("http/protobuf")) {
        System.err.println(
            "sextant-agent: "
                + property
                + "="
                + protocol
                + " is not supported, using http/protobuf to the same endpoint");
        overrides.put(property, "http/protobuf");
      }
    }
    return overrides;
  }
}
