package dev.sextant.agent.core.telemetry;

import dev.sextant.agent.core.propagation.CallersDecision;
import dev.sextant.agent.core.propagation.TraceHeaders;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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
  private static final String PROPAGATORS = "otel.propagators";

  private List<String> propagators = Collections.emptyList();
  private Resource resource = Resource.empty();

  private SdkStart() {}

  /** Builds and installs the SDK; opens no connection. */
  public static void start() {
    new SdkStart().build();
  }

  private void build() {
    final OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .setServiceClassLoader(SdkStart.class.getClassLoader())
            .addPropertiesSupplier(SdkStart::defaults)
            .addPropertiesCustomizer(this::overrides)
            .addResourceCustomizer((configured, config) -> completed(configured))
            .addSamplerCustomizer(SdkStart::obeying)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
    Telemetry.install(sdk, TraceHeaders.of(propagators, resource, SdkStart::complain));
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

  private Resource completed(Resource configured) {
    resource = ProcessResource.complete(configured);
    return resource;
  }

  /** Samplers that follow the parent follow a caller that names none but has decided too. */
  private static Sampler obeying(Sampler sampler, ConfigProperties config) {
    String name = config.getString("otel.traces.sampler");
    return name == null || name.startsWith("parentbased_") ? CallersDecision.or(sampler) : sampler;
  }

  private static void complain(String line) {
    System.err.println("sextant-agent: " + line);
  }

  /** The SDK's own propagators, which know fewer formats, are left out of use. */
  private Map<String, String> overrides(ConfigProperties config) {
    Map<String, String> overrides = new HashMap<>();
    propagators = config.getList(PROPAGATORS);
    overrides.put(PROPAGATORS, "none");
    for (String signal : new String[] {"", "traces.", "metrics.", "logs."}) {
      String property = "otel.exporter.otlp." + signal + "protocol";
      String protocol = config.getString(property);
      if (protocol != null && !protocol.equals("http/protobuf")) {
        complain(
            property
                + "="
                + protocol
                + " is not supported, using http/protobuf to the same endpoint");
        overrides.put(property, "http/protobuf");
      }
    }
    return overrides;
  }
}
