package dev.sextant.server;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.access.Access;
import dev.sextant.collector.derive.Derive;
import dev.sextant.collector.derive.DeriveLoop;
import dev.sextant.collector.derive.DeriveSettings;
import dev.sextant.collector.derive.JournaledBatches;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.otlp.LogReceiver;
import dev.sextant.collector.otlp.OtlpServices;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.otlp.metrics.MetricLimits;
import dev.sextant.collector.otlp.metrics.MetricReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.storage.otlp.OtlpLimits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/** Everything that takes telemetry in, and what is derived from it. */
final class IngestDoor implements AutoCloseable {
  private final OtlpServices otlp;
  private final DeriveLoop derive;

  IngestDoor(ServerConfig config, Signals signals, InstantSource clock) throws IOException {
    ServerConfig.IngestLimits limits = config.ingest().limits();
    BoundedBody bodies = new BoundedBody(new BodyMemory(limits.bodiesInFlight().bytes()));
    EventWindow traces =
        new EventWindow(clock, config.traces().retention().duration(), "traces.retention");
    EventWindow logs =
        new EventWindow(clock, config.logs().retention().duration(), "logs.retention");
    EventWindow metrics =
        new EventWindow(clock, config.metrics().retention().duration(), "metrics.retention");
    otlp =
        new OtlpServices(
            bodies,
            new BodyLimits(limits.httpBody().intBytes(), limits.grpcMessage().intBytes()),
            new SpanReceiver(signals.traces().sink(), traces, OtlpLimits.DEFAULT),
            new MetricReceiver(
                signals.metrics().sink(),
                metrics,
                OtlpLimits.DEFAULT,
                new MetricLimits(limits.labels(), limits.labelValue(), limits.histogramBuckets())),
            new LogReceiver(signals.logs().sink(), logs, OtlpLimits.DEFAULT));
    DeriveSettings settings =
        DeriveSettings.DEFAULT.withInterval(config.derive().interval().duration());
    derive =
        new DeriveLoop(
            Derive.open(
                signals.traces().journal(),
                signals.metrics().writer(),
                new JournaledBatches(signals.metrics().journal()),
                settings,
                clock,
                Access.DEFAULT_TENANT),
            settings.interval());
  }

  /** OTLP's routes; all of them write. */
  Map<Route, HttpService> otlp() {
    return otlp.routes();
  }

  void start() {
    derive.start();
  }

  /** Derives from what was taken and stops. Receivers must have stopped before. */
  @Override
  public void close() {
    derive.close();
  }
}
