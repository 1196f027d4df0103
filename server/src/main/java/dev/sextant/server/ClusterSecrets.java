package dev.sextant.server;

import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Reads what opens the cluster from the files that the configuration names. */
final class ClusterSecrets {
  private ClusterSecrets() {}

  static ElasticsearchSettings settings(ServerConfig.Elasticsearch config) {
    return new ElasticsearchSettings(
        config.urls().stream().map(URI::create).toList(),
        config.username(),
        read("elasticsearch.password-file", config.passwordFile()),
        read("elasticsearch.api-key-file", config.apiKeyFile()),
        config.indexPrefix(),
        false,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60));
  }

  private static String read(String setting, String file) {
    if (file.isEmpty()) {
      return "";
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new ConfigException(setting + ": cannot read " + file, e);
    }
  }
}
