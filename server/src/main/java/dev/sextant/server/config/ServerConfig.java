package dev.sextant.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
    Signal traces,
    Signal logs,
    Metrics metrics,
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
    traces = traces == null ? Defaults.of(Signal.class) : traces;
    logs = logs == null ? Defaults.of(Signal.class) : logs;
    metrics = metrics == null ? Defaults.of(Metrics.class) : metrics;
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
    }
  }

  /** TCP ports; 0 takes any free one. */
  public record Ports(Integer ui, Integer http, Integer otlpGrpc, Integer otlpHttp) {
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
   * A signal that lives in blocks: traces or logs.
   *
   * @param retention how long rows are kept after they arrived
   */
  public record Signal(Engine store, Span retention) {
    public Signal {
      store = store == null ? Engine.EMBEDDED : store;
      retention = retention == null ? Span.parse("7d") : retention;
    }
  }

  /** What is behind a store's doors. */
  public enum Engine {
    EMBEDDED,
    ELASTICSEARCH
  }

  public record Metrics(Span retention, MetricsLimits limits) {
    public Metrics {
      retention = retention == null ? Span.parse("30d") : retention;
      limits = limits == null ? Defaults.of(MetricsLimits.class) : limits;
    }
  }

  public record MetricsLimits(Integer maxSeries) {
    public MetricsLimits {
      maxSeries = maxSeries == null ? 1_000_000 : maxSeries;
    }
  }

  /**
   * The journals.
   *
   * @param segmentSize when a segment file is closed
   * @param maxQueued bytes that may wait for the disk or the store, per signal; beyond it senders
   *     are told to come back
   * @param commitInterval how often stores make their work durable on their own, which bounds
   *     replay
   * @param minFreeDisk free bytes below which nothing is taken any more
   */
  public record Journal(Size segmentSize, Size maxQueued, Span commitInterval, Size minFreeDisk) {
    public Journal {
      segmentSize = segmentSize == null ? Size.parse("64MiB") : segmentSize;
      maxQueued = maxQueued == null ? Size.parse("64MiB") : maxQueued;
      commitInterval = commitInterval == null ? Span.parse("30s") : commitInterval;
      minFreeDisk = minFreeDisk == null ? Size.parse("512MiB") : minFreeDisk;
    }
  }

  /**
   * What receivers take.
   *
   * @param maxHttpBody bytes of one HTTP request's body after decompression
   * @param maxGrpcBody bytes of one gRPC message after decompression
   * @param maxBodiesInFlight bytes of all bodies in memory at one time
   */
  public record Ingest(Size maxHttpBody, Size maxGrpcBody, Size maxBodiesInFlight) {
    public Ingest {
      maxHttpBody = maxHttpBody == null ? Size.parse("20MiB") : maxHttpBody;
      maxGrpcBody = maxGrpcBody == null ? Size.parse("4MiB") : maxGrpcBody;
      maxBodiesInFlight = maxBodiesInFlight == null ? Size.parse("128MiB") : maxBodiesInFlight;
    }
  }

  /**
   * Metrics made from spans.
   *
   * @param interval between two ticks
   * @param maxOperations of one service with series of their own; further ones count as {@code
   *     _other}
   */
  public record Derive(Span interval, Integer maxOperations) {
    public Derive {
      interval = interval == null ? Span.parse("5s") : interval;
      maxOperations = maxOperations == null ? 500 : maxOperations;
    }
  }

  /** What one query may take, and how many run at once. */
  public record Query(Span timeout, Long maxSamples, Integer maxConcurrent) {
    public Query {
      timeout = timeout == null ? Span.parse("2m") : timeout;
      maxSamples = maxSamples == null ? 50_000_000L : maxSamples;
      maxConcurrent = maxConcurrent == null ? 20 : maxConcurrent;
    }
  }

  /**
   * The cluster that holds traces or logs where their store is {@code elasticsearch}.
   *
   * @param passwordFile a file with the user's password
   * @param apiKeyFile a file with an API key, instead of user and password
   */
  public record Elasticsearch(
      List<String> urls,
      String username,
      String passwordFile,
      String apiKeyFile,
      String indexPrefix) {
    public Elasticsearch {
      urls = urls == null ? List.of("http://127.0.0.1:9200") : List.copyOf(urls);
      username = username == null ? "" : username;
      passwordFile = passwordFile == null ? "" : passwordFile;
      apiKeyFile = apiKeyFile == null ? "" : apiKeyFile;
      indexPrefix = indexPrefix == null ? "sextant" : indexPrefix;
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
      String name, String url, String body, Map<String, String> headers, Boolean sendResolved) {
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
