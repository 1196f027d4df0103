package dev.sextant.storage.elasticsearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How to reach a cluster and what to call things there.
 *
 * @param urls of its nodes, {@code http} or {@code https}, at least one, without user and password
 * @param username empty for none
 * @param password goes with the user name
 * @param apiKey the encoded form, instead of a user name; empty for none
 * @param indexPrefix begins the name of every data stream and index: lower-case letters, digits,
 *     {@code .}, {@code -}, {@code _}
 * @param logsdb whether new backing indices use index mode {@code logsdb}, which halves the disk
 *     they take; needs a server that has it (8.17 or later)
 * @param connectTimeout until a connection stands
 * @param requestTimeout until an answer has come
 */
public record ElasticsearchSettings(
    List<URI> urls,
    String username,
    String password,
    String apiKey,
    String indexPrefix,
    boolean logsdb,
    Duration connectTimeout,
    Duration requestTimeout) {
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  /**
   * @throws IllegalArgumentException naming the setting that is wrong, never the password
   */
  public ElasticsearchSettings {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("elasticsearch.urls is empty: name at least one node");
    }
    urls.forEach(ElasticsearchSettings::check);
    if (!username.isEmpty() && !apiKey.isEmpty()) {
      throw new IllegalArgumentException(
          "elasticsearch.username and elasticsearch.api-key-file are both set: keep one");
    }
    if (!PREFIX.matcher(indexPrefix).matches()) {
      throw new IllegalArgumentException(
          "elasticsearch.index-prefix '%s' is not a lower-case index name".formatted(indexPrefix));
    }
  }

  /** A cluster without authentication and everything else as it usually is. */
  public static ElasticsearchSettings of(String... urls) {
    return new ElasticsearchSettings(
        List.of(urls).stream().map(URI::create).toList(),
        "",
        "",
        "",
        "sextant",
        false,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60));
  }

  public ElasticsearchSettings withIndexPrefix(String prefix) {
    return new ElasticsearchSettings(
        urls, username, password, apiKey, prefix, logsdb, connectTimeout, requestTimeout);
  }

  public ElasticsearchSettings withLogsdb(boolean enabled) {
    return new ElasticsearchSettings(
        urls, username, password, apiKey, indexPrefix, enabled, connectTimeout, requestTimeout);
  }

  private static void check(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "elasticsearch.urls has a user in the address of %s: use elasticsearch.username and elasticsearch.password-file"
              .formatted(url.getHost()));
    }
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException(
          "elasticsearch.urls: '%s' is not an http or https address".formatted(url));
    }
  }

  /** Without password and key. */
  @Override
  public String toString() {
    String identity = !apiKey.isEmpty() ? "an API key" : username.isEmpty() ? "nobody" : username;
    return "Elasticsearch at %s as %s, prefix %s".formatted(urls, identity, indexPrefix);
  }
}
