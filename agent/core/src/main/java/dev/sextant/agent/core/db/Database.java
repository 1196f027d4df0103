package dev.sextant.agent.core.db;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which database a connection leads to. */
public final class Database {
  /** The semantic conventions' name, such as {@code postgresql}. */
  public final String system;

  /** The database's name, or null. */
  public final @Nullable String namespace;

  public final @Nullable String host;

  /** Zero if the URL names none. */
  public final int port;

  Database(String system, @Nullable String namespace, @Nullable String host, int port) {
    this.system = system;
    this.namespace = namespace;
    this.host = host;
    this.port = port;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Database)) {
      return false;
    }
    Database that = (Database) other;
    return system.equals(that.system)
        && Objects.equals(namespace, that.namespace)
        && Objects.equals(host, that.host)
        && port == that.port;
  }

  @Override
  public int hashCode() {
    return Objects.hash(system, namespace, host, port);
  }

  @Override
  public String toString() {
    return system + " " + host + ":" + port + "/" + namespace;
  }
}
