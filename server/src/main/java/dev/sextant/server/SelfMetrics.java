package dev.sextant.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.access.Role;
import dev.sextant.log.EmbeddedLogStore;
import dev.sextant.server.http.GuardedRoute;
import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.journal.WriterCounters;
import dev.sextant.trace.EmbeddedTraceStore;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.CounterMetricFamily;
import io.prometheus.client.GaugeMetricFamily;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the process counts of itself, at {@code /metrics} in Prometheus' text format. */
final class SelfMetrics {
  private final CollectorRegistry registry = new CollectorRegistry();

  SelfMetrics(Signals signals, IngestDoor ingest) {
    DefaultExports.register(registry);
    registry.register(new OperationNameMetrics(ingest::operationNames));
    registry.register(new JaegerDatagramMetrics(ingest.datagrams()::counters));
    registry.register(new LossMetrics(ingest::losses));
    registry.register(
        new Collector() {
          @Override
          public List<MetricFamilySamples> collect() {
            return families(signals);
          }
        });
  }

  /** The values of one signal. */
  private record Reading(long accepted, WriterCounters writer) {
    static Reading of(Signal<?, ?> signal) {
      return new Reading(signal.accepted(), signal.writer().counters());
    }
  }

  private static List<Collector.MetricFamilySamples> families(Signals signals) {
    Map<String, Reading> readings = new TreeMap<>();
    readings.put("logs", Reading.of(signals.logs()));
    readings.put("metrics", Reading.of(signals.metrics()));
    readings.put("traces", Reading.of(signals.traces()));
    List<Collector.MetricFamilySamples> families = new ArrayList<>();
    families.add(
        counter(
            "sextant_rows_accepted",
            "Rows received and acknowledged.",
            readings,
            Reading::accepted));
    families.add(
        counter(
            "sextant_batches_throttled",
            "Batches that were told to come back.",
            readings,
            it -> it.writer.throttledBatches()));
    families.add(
        counter(
            "sextant_batches_unavailable",
            "Batches that could not be taken at that moment.",
            readings,
            it -> it.writer.unavailableBatches()));
    families.add(
        gauge(
            "sextant_pending_bytes",
            "Payload taken and not yet answered.",
            readings,
            it -> it.writer.pendingBytes()));
    families.add(
        counter(
            "sextant_batches_skipped",
            "Batches in a journal that their store could not take for a defect.",
            readings,
            it -> it.writer.skippedBatches()));
    families.add(
        counter(
            "sextant_journal_bytes",
            "Bytes appended to journals.",
            readings,
            it -> it.writer.journal().bytes()));
    families.add(
        counter(
            "sextant_journal_fsyncs",
            "Fsyncs of journals.",
            readings,
            it -> it.writer.journal().syncs()));
    families.add(
        counter(
            "sextant_journal_corruptions",
            "Damaged places found in journals.",
            readings,
            it -> it.writer.journal().corruptions()));
    addBlocks(blocks(signals), families);
    return families;
  }

  /** Of signals whose store is an embedded one of blocks. */
  private static Map<String, BlockCounters> blocks(Signals signals) {
    Map<String, BlockCounters> blocks = new TreeMap<>();
    if (signals.logs().store() instanceof EmbeddedLogStore store) {
      blocks.put("logs", store.counters());
    }
    if (signals.traces().store() instanceof EmbeddedTraceStore store) {
      blocks.put("traces", store.counters());
    }
    return blocks;
  }

  private static void addBlocks(
      Map<String, BlockCounters> blocks, List<Collector.MetricFamilySamples> families) {
    families.add(
        counter(
            "sextant_damaged_block_reads",
            "Times that a query had to leave out a damaged block.",
            blocks,
            BlockCounters::damagedBlocks));
    families.add(
        counter(
            "sextant_partitions_quarantined",
            "Partitions that could not be opened and were put aside.",
            blocks,
            BlockCounters::quarantinedPartitions));
    families.add(
        counter(
            "sextant_partitions_salvaged",
            "Damaged partitions that were written anew from their whole blocks.",
            blocks,
            BlockCounters::salvagedPartitions));
    families.add(
        counter(
            "sextant_blocks_lost",
            "Blocks that were too damaged to be salvaged.",
            blocks,
            BlockCounters::lostBlocks));
    families.add(
        counter(
            "sextant_runs_sealed",
            "Runs that closed blocks were written anew as.",
            blocks,
            BlockCounters::sealedRuns));
    families.add(
        counter(
            "sextant_rows_sealed",
            "Rows in runs that closed blocks were written anew as.",
            blocks,
            BlockCounters::sealedRows));
    families.add(
        counter(
            "sextant_partitions_dropped",
            "Partitions that retention deleted.",
            blocks,
            BlockCounters::droppedPartitions));
  }

  /** One number of a reading. */
  @FunctionalInterface
  private interface Number<T> {
    double of(T reading);
  }

  private static <T> Collector.MetricFamilySamples counter(
      String name, String help, Map<String, T> readings, Number<T> number) {
    CounterMetricFamily family = new CounterMetricFamily(name, help, List.of("signal"));
    readings.forEach((signal, reading) -> family.addMetric(List.of(signal), number.of(reading)));
    return family;
  }

  private static Collector.MetricFamilySamples gauge(
      String name, String help, Map<String, Reading> readings, Number<Reading> number) {
    GaugeMetricFamily family = new GaugeMetricFamily(name, help, List.of("signal"));
    readings.forEach((signal, reading) -> family.addMetric(List.of(signal), number.of(reading)));
    return family;
  }

  GuardedRoute route() {
    Route route = Route.builder().exact("/metrics").methods(HttpMethod.GET).build();
    return new GuardedRoute(
        route,
        Role.VIEWER,
        (ctx, request) ->
            HttpResponse.of(
                HttpStatus.OK,
                MediaType.parse(TextFormat.CONTENT_TYPE_004),
                HttpData.ofUtf8(text())));
  }

  private String text() {
    StringWriter out = new StringWriter();
    try {
      TextFormat.write004(out, registry.metricFamilySamples());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toString();
  }
}
