package dev.sextant.server.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import dev.sextant.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Static access tokens, kept as SHA-256 hashes in a YAML file:
 *
 * <pre>{@code
 * tokens:
 *   - name: ci
 *     sha256: 9f86d081884c7d65…
 *     roles: [ingest]
 *     expires: 2027-01-01T00:00:00Z   # optional
 * }</pre>
 *
 * The file is looked at again at most once a second, so that a token that is added or taken away
 * counts without a restart. A file that cannot be read or understood any more lets nobody in until
 * it is mended. Tokens are random (see {@link AccessToken}), so a plain hash is enough.
 * Thread-safe.
 */
public final class TokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final long LOOK_AGAIN_MILLIS = 1_000;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  record Content(List<Entry> tokens) {}

  record Entry(String name, String sha256, Set<Role> roles, @Nullable String expires) {}

  private record Holder(Principal principal, Instant expires) {}

  private record Seen(FileTime modified, long size) {}

  private final Path file;
  private final InstantSource clock;
  private Map<String, Holder> byHash;
  private @Nullable Seen seen;
  private long lookedAtMillis;

  /**
   * @throws ConfigException where the file cannot be read or understood
   */
  public TokenFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    try {
      this.seen = look();
      this.byHash = parse();
    } catch (IOException e) {
      throw new ConfigException("cannot read the tokens file " + file + ": " + e.getMessage(), e);
    }
    this.lookedAtMillis = clock.millis();
  }

  /** Whom a token stands for; empty where it is unknown or has expired. */
  public synchronized Optional<Principal> find(String token) {
    readAgainIfChanged();
    Holder holder = byHash.get(AccessToken.hash(token));
    return holder == null || !clock.instant().isBefore(holder.expires)
        ? Optional.empty()
        : Optional.of(holder.principal);
  }

  /** Whether a token that has not expired still stands for exactly this principal. */
  public synchronized boolean grants(Principal principal) {
    readAgainIfChanged();
    return byHash.values().stream()
        .anyMatch(
            holder ->
                holder.principal.equals(principal) && clock.instant().isBefore(holder.expires));
  }

  private void readAgainIfChanged() {
    long now = clock.millis();
    if (now - lookedAtMillis >= 0 && now - lookedAtMillis < LOOK_AGAIN_MILLIS) {
      return;
    }
    lookedAtMillis = now;
    try {
      Seen current = look();
      if (!current.equals(seen)) {
        seen = current;
        byHash = parse();
        LOG.info("read {} again: {} tokens", file, byHash.size());
      }
    } catch (IOException | ConfigException e) {
      seen = null;
      byHash = Map.of();
      LOG.error("the tokens file {} cannot be read, so nobody is let in: {}", file, e.getMessage());
    }
  }

  private Seen look() throws IOException {
    return new Seen(Files.getLastModifiedTime(file), Files.size(file));
  }

  private Map<String, Holder> parse() throws IOException {
    try {
      Content content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
      Map<String, Holder> result = new HashMap<>();
      for (Entry entry : content.tokens()) {
        result.put(
            hash(entry), new Holder(new Principal(entry.name(), entry.roles()), expiry(entry)));
      }
      return Map.copyOf(result);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file + ", line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
    } catch (RuntimeException e) {
      throw new ConfigException(
          file + ": each token needs name, sha256 and roles (" + e.getMessage() + ")", e);
    }
  }

  private String hash(Entry entry) {
    if (!entry.sha256().matches("[0-9a-f]{64}")) {
      throw new ConfigException(
          file
              + ": token '"
              + entry.name()
              + "': sha256 must be 64 lower-case hexadecimal digits; 'sextant token' prints one");
    }
    return entry.sha256();
  }

  private static Instant expiry(Entry entry) {
    return entry.expires() == null ? Instant.MAX : Instant.parse(entry.expires());
  }
}
