package dev.sextant.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration as {@link ConfigReader} reads it. Every part is optional: what the file
 * leaves out has the default that its record's constructor states, so no component is ever null
 * unless it says so. Users find every key in {@code docs/configuration.md}.
 *
 * @param scrapeConfigFiles files that hold Prometheus' own {@code scrape_configs}
 * @param ruleFiles rule files in Prometheus' format; with the single entry {@code default}, those
 *     that ship with Sextant
 */
public record ServerConfig(
    Listen listen,
    Auth auth,
    Traces traces,
    Signal logs,
    Metrics metrics,
    Storage storage,
    Journal journal,
    Ingest ingest,
    Derive derive,
    Query query,
    Elasticsearch elasticsearch,
    Alerting alerting,
    List<Path> scrapeConfigFiles,
    List<String> ruleFiles) {

  public ServerConfig {
    listen = listen == null ? Defaults.of(Listen.class) : listen;
    auth = auth == null ? Defaults.of(Auth.class) : auth;
    traces = traces == null ? Defaults.of(Traces.class) : traces;
    logs = logs == null ? Defaults.of(Signal.class) : logs;
    metrics = metrics == null ? Defaults.of(Metrics.class) : metrics;
    storage = storage == null ? Defaults.of(Storage.class) : storage;
    journal = journal == null ? Defaults.of(Journal.class) : journal;
    ingest = ingest == null ? Defaults.of(Ingest.class) : ingest;
    derive = derive == null ? Defaults.of(Derive.class) : derive;
    query = query == null ? Defaults.of(Query.class) : query;
    elasticsearch = elasticsearch == null ? Defaults.of(Elasticsearch.class) : elasticsearch;
    alerting = alerting == null ? Defaults.of(Alerting.class) : alerting;
    scrapeConfigFiles = scrapeConfigFiles == null ? List.of() : List.copyOf(scrapeConfigFiles);
    ruleFiles = ruleFiles == null ? List.of("default") : List.copyOf(ruleFiles);
  }

  /**
   * Where the process can be reached.
   *
   * @param address to bind to; loopback unless said otherwise
   * @param allowedHosts names that a request's {@code Host} may carry beside loopback's and the
   *     address
   * @param anyoneMayReadAndWrite allows an address wider than loopback without tokens
   */
  public record Listen(
      String address, Ports ports, List<String> allowedHosts, boolean anyoneMayReadAndWrite) {
    public Listen {
      address = address == null ? "127.0.0.1" : address;
      ports = ports == null ? Defaults.of(Ports.class) : ports;
      allowedHosts = allowedHosts == null ? List.of() : List.copyOf(allowedHosts);
      PortClash.check(ports);
    }
  }

  /**
   * Ports, of TCP where not said otherwise; 0 takes any free one, null none.
   *
   * @param tempo with Tempo's API at its root, and {@code zipkin} with Zipkin's
   * @param jaegerQuery with Jaeger's query API at its root
   * @param jaegerCollector where thrift is posted over HTTP, at its root
   * @param jaegerGrpc with the services of Jaeger's collector over gRPC
   * @param jaegerSampling with what Jaeger's clients are told to sample, at its root, and {@code
   *     jaegerSamplingGrpc} over gRPC
   * @param jaegerUdpCompact of UDP, for datagrams in thrift's compact protocol, and {@code
   *     jaegerUdpBinary} in its binary one
   * @param skywalking with what SkyWalking's agents report to
   */
  public record Ports(
      Integer ui,
      Integer http,
      Integer otlpGrpc,
      Integer otlpHttp,
      @Nullable Integer tempo,
      @Nullable Integer zipkin,
      @Nullable Integer jaegerQuery,
      @Nullable Integer jaegerCollector,
      @Nullable Integer jaegerGrpc,
      @Nullable Integer jaegerSampling,
      @Nullable Integer jaegerSamplingGrpc,
      @Nullable Integer jaegerUdpCompact,
      @Nullable Integer jaegerUdpBinary,
      @Nullable Integer skywalking) {
    public Ports {
      ui = ui == null ? 8080 : ui;
      http = http == null ? 9090 : http;
      otlpGrpc = otlpGrpc == null ? 4317 : otlpGrpc;
      otlpHttp = otlpHttp == null ? 4318 : otlpHttp;
    }
  }

  /**
   * Who may come in.
   *
   * @param tokensFile a file with access tokens' hashes, read again when it changes; empty for none
   */
  public record Auth(String tokensFile) {
    public Auth {
      tokensFile = tokensFile == null ? "" : tokensFile;
    }
  }

  /**
   * Traces.
   *
   * @param retention how long spans are kept after they arrived
   * @param maxBytes on disk above which the oldest are dropped sooner; 0 for no bound
   */
  public record Traces(Engine store, Span retention, Size maxBytes, TraceQueries query) {
    public Traces {
      store = store == null ? Engine.EMBEDDED : store;
      retention = retention == null ? Span.parse("7d") : retention;
      maxBytes = maxBytes == null ? Size.parse("0B") : maxBytes;
      query = query == null ? Defaults.of(TraceQueries.class) : query;
    }
  }

  /**
   * What queries in TraceQL and those of Tempo's API may take.
   *
   * @param maxQueryBytes of a query's text
   * @param maxRegexInstructions to which a query's regular expressions compile together
   * @param maxCombinations of one span's events and links that an operator looks at
   * @param maxSpans that one query looks at
   * @param maxTraces of one search's answer
   * @param maxSpansPerSet of each spanset in it
   * @param maxSeries of a metrics answer
   * @param maxIntervals of a metrics query
   * @param maxSearchRange from start to end of a search
   * @param maxMetricsRange from start to end of a metrics query
   * @param maxTraceBytes of one trace's spans as protobuf
   * @param maxTags names of attributes in one answer
   * @param maxTagValues values of one attribute in one answer
   */
  public record TraceQueries(
      Size maxQueryBytes,
      Integer maxRegexInstructions,
      Integer maxCombinations,
      Long maxSpans,
      Integer maxTraces,
      Integer maxSpansPerSet,
      Integer maxSeries,
      Integer maxIntervals,
      Span maxSearchRange,
      Span maxMetricsRange,
      Size maxTraceBytes,
      Integer maxTags,
      Integer maxTagValues) {
    public TraceQueries {
      maxQueryBytes = maxQueryBytes == null ? Size.parse("128KiB") : maxQueryBytes;
      maxRegexInstructions = maxRegexInstructions == null ? 20_000 : maxRegexInstructions;
      maxCombinations = maxCombinations == null ? 10_000 : maxCombinations;
      maxSpans = maxSpans == null ? 1_000_000_000L : maxSpans;
      maxTraces = maxTraces == null ? 262_144 : maxTraces;
      maxSpansPerSet = maxSpansPerSet == null ? 100 : maxSpansPerSet;
      maxSeries = maxSeries == null ? 10_000 : maxSeries;
      maxIntervals = maxIntervals == null ? 10_000 : maxIntervals;
      maxSearchRange = maxSearchRange == null ? Span.parse("7d") : maxSearchRange;
      maxMetricsRange = maxMetricsRange == null ? Span.parse("1d") : maxMetricsRange;
      maxTraceBytes = maxTraceBytes == null ? Size.parse("64MiB") : maxTraceBytes;
      maxTags = maxTags == null ? 10_000 : maxTags;
      maxTagValues = maxTagValues == null ? 10_000 : maxTagValues;
    }
  }

  /**
   * A signal that lives in blocks: logs.
   *
   * @param retention how long rows are kept after they arrived
   * @param maxBytes on disk above which the oldest are dropped sooner; 0 for no bound
   */
  public record Signal(Engine store, Span retention, Size maxBytes) {
    public Signal {
      store = store == null ? Engine.EMBEDDED : store;
      retention = retention == null ? Span.parse("7d") : retention;
      maxBytes = maxBytes == null ? Size.parse("0B") : maxBytes;
    }
  }

  /** What is behind a store's doors. */
  public enum Engine {
    EMBEDDED,
    ELASTICSEARCH
  }

  /**
   * Metrics.
   *
   * @param retention how long samples are kept, by their own time
   */
  public record Metrics(
      Span retention, MetricsLimits limits, MetricsHead head, MetricsBlocks blocks) {
    public Metrics {
      retention = retention == null ? Span.parse("30d") : retention;
      limits = limits == null ? Defaults.of(MetricsLimits.class) : limits;
      head = head == null ? Defaults.of(MetricsHead.class) : head;
      blocks = blocks == null ? Defaults.of(MetricsBlocks.class) : blocks;
    }
  }

  /**
   * Samples in memory go to blocks when either is reached.
   *
   * @param bytes of all of them
   * @param span since the last time
   */
  public record MetricsHead(Size bytes, Span span) {
    public MetricsHead {
      bytes = bytes == null ? Size.parse("256MiB") : bytes;
      span = span == null ? Span.parse("2h") : span;
    }
  }

  /**
   * Samples in files.
   *
   * @param maxBytes above which no blocks are merged
   */
  public record MetricsBlocks(Size maxBytes) {
    public MetricsBlocks {
      maxBytes = maxBytes == null ? Size.parse("128MiB") : maxBytes;
    }
  }

  /**
   * At most so many of each are kept; what is over is dropped and counted, what is known flows on.
   */
  public record MetricsLimits(Integer maxSeries, Integer maxExemplars, Integer maxMetadata) {
    public MetricsLimits {
      maxSeries = maxSeries == null ? 1_000_000 : maxSeries;
      maxExemplars = maxExemplars == null ? 100_000 : maxExemplars;
      maxMetadata = maxMetadata == null ? 20_000 : maxMetadata;
    }
  }

  /**
   * Files of every signal, and of spans and lines their blocks.
   *
   * @param minFreeBytes free on the disk below which nothing is taken any more; queries live on
   * @param openBlockBytes of spans or lines in blocks that are still in memory, per signal
   * @param blockRows and {@code blockBytes}, {@code blockAge}: a block closes when one is reached
   * @param retentionInterval in which at most one partition of a signal is dropped
   * @param retentionClockTolerance how far clock and journal may be apart before nothing is dropped
   * @param openPartitions sealed ones that are kept open for reading
   * @param dayBytes of a signal's spans or lines on disk from which a day is cut into hours
   * @param maxSnapshots that may lie in the data directory
   */
  public record Storage(
      Size minFreeBytes,
      Size openBlockBytes,
      Integer blockRows,
      Size blockBytes,
      Span blockAge,
      Span retentionInterval,
      Span retentionClockTolerance,
      Integer openPartitions,
      Size dayBytes,
      Integer maxSnapshots,
      TraceStorage traces,
      LogStorage logs) {
    public Storage {
      minFreeBytes = minFreeBytes == null ? Size.parse("512MiB") : minFreeBytes;
      openBlockBytes = openBlockBytes == null ? Size.parse("64MiB") : openBlockBytes;
      blockRows = blockRows == null ? 4096 : blockRows;
      blockBytes = blockBytes == null ? Size.parse("1MiB") : blockBytes;
      blockAge = blockAge == null ? Span.parse("30s") : blockAge;
      retentionInterval = retentionInterval == null ? Span.parse("1h") : retentionInterval;
      retentionClockTolerance =
          retentionClockTolerance == null ? Span.parse("1d") : retentionClockTolerance;
      openPartitions = openPartitions == null ? 32 : openPartitions;
      dayBytes = dayBytes == null ? Size.parse("10GiB") : dayBytes;
      maxSnapshots = maxSnapshots == null ? 8 : maxSnapshots;
      traces = traces == null ? Defaults.of(TraceStorage.class) : traces;
      logs = logs == null ? Defaults.of(LogStorage.class) : logs;
    }
  }

  /**
   * What queries for traces may take.
   *
   * @param maxTraceSpans of one trace; a bigger one is refused by id and left out of queries
   * @param maxBatchSpans that a query puts together at a time
   * @param maxQueryBytes that a query keeps of what it read
   * @param openColumnBytes that are kept of what queries made of open blocks
   * @param runSpans in closed blocks that are written anew together, trace by trace
   */
  public record TraceStorage(
      Integer maxTraceSpans,
      Integer maxBatchSpans,
      Size maxQueryBytes,
      Size openColumnBytes,
      Integer runSpans) {
    public TraceStorage {
      maxTraceSpans = maxTraceSpans == null ? 200_000 : maxTraceSpans;
      maxBatchSpans = maxBatchSpans == null ? 32_768 : maxBatchSpans;
      maxQueryBytes = maxQueryBytes == null ? Size.parse("64MiB") : maxQueryBytes;
      openColumnBytes = openColumnBytes == null ? Size.parse("64MiB") : openColumnBytes;
      runSpans = runSpans == null ? 500_000 : runSpans;
    }
  }

  /**
   * What queries for lines may take.
   *
   * @param maxFieldValues distinct ones that one query counts
   * @param maxBuckets of one histogram
   */
  public record LogStorage(Integer maxFieldValues, Integer maxBuckets) {
    public LogStorage {
      maxFieldValues = maxFieldValues == null ? 100_000 : maxFieldValues;
      maxBuckets = maxBuckets == null ? 100_000 : maxBuckets;
    }
  }

  /**
   * The journals, one for each signal.
   *
   * @param segmentBytes when a segment file is closed
   * @param maxRecordBytes of one batch
   * @param maxQueuedBytes that may wait for the disk
   */
  public record Journal(Size segmentBytes, Size maxRecordBytes, Size maxQueuedBytes) {
    public Journal {
      segmentBytes = segmentBytes == null ? Size.parse("64MiB") : segmentBytes;
      maxRecordBytes = maxRecordBytes == null ? Size.parse("32MiB") : maxRecordBytes;
      maxQueuedBytes = maxQueuedBytes == null ? Size.parse("64MiB") : maxQueuedBytes;
    }
  }

  /**
   * What receivers take, per signal where not said otherwise.
   *
   * @param maxPendingBatches and {@code maxPendingBytes}: taken and not yet answered; beyond,
   *     senders are told to come back
   * @param commitInterval and {@code commitBytes}: how often stores make their work durable on
   *     their own, which bounds replay
   * @param knownSeries memory for series that receivers met lately and need not decode again
   */
  public record Ingest(
      Integer maxPendingBatches,
      Size maxPendingBytes,
      Span commitInterval,
      Size commitBytes,
      Size knownSeries,
      OperationNames operationNames,
      Jaeger jaeger,
      SkyWalking skywalking,
      IngestLimits limits) {
    public Ingest {
      maxPendingBatches = maxPendingBatches == null ? 4096 : maxPendingBatches;
      maxPendingBytes = maxPendingBytes == null ? Size.parse("64MiB") : maxPendingBytes;
      commitInterval = commitInterval == null ? Span.parse("30s") : commitInterval;
      commitBytes = commitBytes == null ? Size.parse("64MiB") : commitBytes;
      knownSeries = knownSeries == null ? Size.parse("64MiB") : knownSeries;
      operationNames = operationNames == null ? Defaults.of(OperationNames.class) : operationNames;
      jaeger = jaeger == null ? Defaults.of(Jaeger.class) : jaeger;
      skywalking = skywalking == null ? Defaults.of(SkyWalking.class) : skywalking;
      limits = limits == null ? Defaults.of(IngestLimits.class) : limits;
    }
  }

  /**
   * What Jaeger's clients have beside ports.
   *
   * @param udpFromAnyone allows datagrams, which carry no token, where tokens are on or the address
   *     is wider than loopback
   */
  public record Jaeger(Boolean udpFromAnyone, JaegerSampling sampling) {
    public Jaeger {
      udpFromAnyone = udpFromAnyone != null && udpFromAnyone;
      sampling = sampling == null ? Defaults.of(JaegerSampling.class) : sampling;
    }
  }

  /**
   * What Jaeger's clients are told to sample when they ask.
   *
   * @param probability from 0 to 1
   * @param operations of every service, where it has none of its own by that name
   */
  public record JaegerSampling(
      Double probability, List<OperationSampling> operations, List<ServiceSampling> services) {
    public JaegerSampling {
      probability = probability == null ? 1.0 : checkedProbability(probability);
      operations = operations == null ? List.of() : List.copyOf(operations);
      services = services == null ? List.of() : List.copyOf(services);
    }
  }

  /**
   * A service whose share is its own.
   *
   * @param probability from 0 to 1, or null where {@code tracesPerSecond} says it
   * @param operations beside a probability
   */
  public record ServiceSampling(
      String name,
      @Nullable Double probability,
      @Nullable Integer tracesPerSecond,
      List<OperationSampling> operations) {
    public ServiceSampling {
      if (name == null || name.isEmpty() || (probability == null) == (tracesPerSecond == null)) {
        throw new IllegalArgumentException(
            "a service has a 'name', and a 'probability' or 'traces-per-second'");
      }
      operations = operations == null ? List.of() : List.copyOf(operations);
      if (tracesPerSecond != null && !operations.isEmpty()) {
        throw new IllegalArgumentException(
            "the service '" + name + "' has 'operations', which need a 'probability' beside them");
      }
      if (tracesPerSecond != null && tracesPerSecond < 0) {
        throw new IllegalArgumentException(
            "the traces per second are " + tracesPerSecond + ", they must not be negative");
      }
      probability = probability == null ? null : checkedProbability(probability);
    }
  }

  /** An operation whose probability is its own. */
  public record OperationSampling(String name, Double probability) {
    public OperationSampling {
      if (name == null || name.isEmpty() || probability == null) {
        throw new IllegalArgumentException("an operation has a 'name' and a 'probability'");
      }
      probability = checkedProbability(probability);
    }
  }

  private static double checkedProbability(double probability) {
    if (probability >= 0 && probability <= 1) {
      return probability;
    }
    throw new IllegalArgumentException(
        "the probability is " + probability + ", it must be from 0 to 1");
  }

  /**
   * What SkyWalking's agents have beside their port.
   *
   * @param maxInstances whose properties are remembered
   */
  public record SkyWalking(Integer maxInstances) {
    public SkyWalking {
      maxInstances = maxInstances == null ? 4096 : maxInstances;
      if (maxInstances < 1) {
        throw new IllegalArgumentException(
            "the number of instances is " + maxInstances + ", it must be positive");
      }
    }
  }

  /**
   * How spans whose names hold a path are named by its template.
   *
   * @param fromAttributes whether server spans without a path in their name are, too
   * @param maxValues words in one place of a service's paths before it is taken to hold values
   * @param maxPaths beginnings of paths learned of one service
   * @param memory of what is learned and remembered of all services
   * @param keep words that are never taken for values
   */
  public record OperationNames(
      Boolean enabled,
      Boolean fromAttributes,
      Integer maxValues,
      Integer maxPaths,
      Size memory,
      List<String> keep) {
    public OperationNames {
      enabled = enabled == null || enabled;
      fromAttributes = fromAttributes != null && fromAttributes;
      maxValues = maxValues == null ? 100 : maxValues;
      maxPaths = maxPaths == null ? 10_000 : maxPaths;
      memory = memory == null ? Size.parse("32MiB") : memory;
      keep = keep == null ? List.of() : List.copyOf(keep);
    }
  }

  /**
   * Bounds of one request.
   *
   * @param httpBody and {@code grpcMessage}: bytes after decompression
   * @param bodiesInFlight bytes of all bodies in memory at one time
   * @param labels and {@code labelValue}: how many labels a series may have, and their length in
   *     characters
   * @param histogramBuckets on either side of zero
   * @param otlpNesting how deep values of an attribute may nest, 1 to 400
   * @param otlpRowBytes of one span or log record
   */
  public record IngestLimits(
      Size httpBody,
      Size grpcMessage,
      Size bodiesInFlight,
      Integer labels,
      Integer labelValue,
      Integer histogramBuckets,
      Integer otlpNesting,
      Size otlpRowBytes) {
    public IngestLimits {
      httpBody = httpBody == null ? Size.parse("20MiB") : httpBody;
      grpcMessage = grpcMessage == null ? Size.parse("4MiB") : grpcMessage;
      bodiesInFlight = bodiesInFlight == null ? Size.parse("128MiB") : bodiesInFlight;
      labels = labels == null ? 100 : labels;
      labelValue = labelValue == null ? 4096 : labelValue;
      histogramBuckets = histogramBuckets == null ? 1000 : histogramBuckets;
      otlpNesting = otlpNesting == null ? 32 : checkedNesting(otlpNesting);
      otlpRowBytes = otlpRowBytes == null ? Size.parse("1MiB") : otlpRowBytes;
    }

    private static int checkedNesting(int levels) {
      if (levels < 1 || levels > 400) {
        throw new IllegalArgumentException(
            "the nesting is " + levels + ", it must be from 1 to 400");
      }
      return levels;
    }
  }

  /**
   * Metrics made from spans.
   *
   * @param interval between two ticks
   * @param forgetAfter for how long a series is written after its last call
   * @param maxOperations of one service with series of their own; further ones count as {@code
   *     _other}
   * @param maxPeers databases, queues and external hosts beside one service in the service graph;
   *     further ones count as {@code _other}
   */
  public record Derive(Span interval, Span forgetAfter, Integer maxOperations, Integer maxPeers) {
    public Derive {
      interval = interval == null ? Span.parse("5s") : interval;
      forgetAfter = forgetAfter == null ? Span.parse("6h") : forgetAfter;
      maxOperations = maxOperations == null ? 500 : maxOperations;
      maxPeers = maxPeers == null ? 100 : maxPeers;
    }
  }

  /**
   * What one query may take, and how many run at once.
   *
   * @param maxSamples in memory at one time
   * @param maxResultPoints of one answer
   * @param maxSteps of a range or a subquery
   * @param maxMemory of samples, series and results of one query at one time
   * @param maxQueued requests that wait for others to be answered
   * @param maxQueueWait how long one of them waits
   */
  public record Query(
      Span timeout,
      Long maxSamples,
      Long maxResultPoints,
      Integer maxSteps,
      Size maxMemory,
      Integer maxConcurrent,
      Integer maxQueued,
      Span maxQueueWait,
      List<String> features) {
    public Query {
      timeout = timeout == null ? Span.parse("2m") : timeout;
      maxSamples = maxSamples == null ? 50_000_000L : maxSamples;
      maxResultPoints = maxResultPoints == null ? 20_000_000L : maxResultPoints;
      maxSteps = maxSteps == null ? 1_000_000 : maxSteps;
      maxMemory = maxMemory == null ? Size.parse("512MiB") : maxMemory;
      maxConcurrent = maxConcurrent == null ? 20 : maxConcurrent;
      maxQueued = maxQueued == null ? 200 : maxQueued;
      maxQueueWait = maxQueueWait == null ? Span.parse("10s") : maxQueueWait;
      features = features == null ? List.of() : List.copyOf(features);
      LanguageFeatures.check(features);
    }
  }

  /**
   * The cluster that holds traces or logs where their store is {@code elasticsearch}.
   *
   * @param passwordFile a file with the user's password
   * @param apiKeyFile a file with an API key, instead of user and password
   * @param maxTraceLength how far outside of a query's range spans make their traces found
   */
  public record Elasticsearch(
      List<String> urls,
      String username,
      String passwordFile,
      String apiKeyFile,
      String indexPrefix,
      Span maxTraceLength) {
    public Elasticsearch {
      urls = urls == null ? List.of("http://127.0.0.1:9200") : List.copyOf(urls);
      username = username == null ? "" : username;
      passwordFile = passwordFile == null ? "" : passwordFile;
      apiKeyFile = apiKeyFile == null ? "" : apiKeyFile;
      indexPrefix = indexPrefix == null ? "sextant" : indexPrefix;
      maxTraceLength = maxTraceLength == null ? Span.parse("1h") : maxTraceLength;
    }
  }

  public record Alerting(List<Webhook> webhooks) {
    public Alerting {
      webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
    }
  }

  /**
   * Where alerts go.
   *
   * @param name of the receiver
   * @param body a template for the request's body; empty for Alertmanager's JSON
   * @param headers sent along; values are secret
   */
  public record Webhook(
      String name,
      @Secret String url,
      @Secret String body,
      @Secret Map<String, String> headers,
      Boolean sendResolved) {
    public Webhook {
      name = name == null ? "webhook" : name;
      url = url == null ? "" : url;
      body = body == null ? "" : body;
      headers = headers == null ? Map.of() : Map.copyOf(headers);
      sendResolved = sendResolved == null || sendResolved;
    }

    @Override
    public String toString() {
      return "Webhook[" + name + "]";
    }
  }
}
