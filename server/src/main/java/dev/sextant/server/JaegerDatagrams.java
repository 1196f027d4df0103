package dev.sextant.server;

import dev.sextant.collector.Collector;
import dev.sextant.collector.jaeger.JaegerUdp;
import dev.sextant.server.config.ConfigException;
import dev.sextant.server.config.ServerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ports for datagrams of Jaeger's clients, where settings switch them on. */
final class JaegerDatagrams implements AutoCloseable {
  private final ServerConfig config;
  private final Collector collector;
  private final Map<JaegerUdp.Protocol, JaegerUdp> open = new EnumMap<>(JaegerUdp.Protocol.class);

  /** Checks the settings and opens nothing. */
  JaegerDatagrams(ServerConfig config, Collector collector) {
    this.config = config;
    this.collector = collector;
    boolean wanted = false;
    for (JaegerUdp.Protocol protocol : JaegerUdp.Protocol.values()) {
      wanted |= setting(protocol) != null;
    }
    if (wanted && !config.ingest().jaeger().udpFromAnyone() && isGuarded()) {
      throw new ConfigException(
          "a port is set for Jaeger's datagrams (listen.ports.jaeger-udp-…), but they carry no token:"
              + " set ingest.jaeger.udp-from-anyone=true if everyone who can reach "
              + config.listen().address()
              + " may write spans");
    }
  }

  private boolean isGuarded() {
    if (!config.auth().tokensFile().isEmpty()) {
      return true;
    }
    return !config.listen().anyoneMayReadAndWrite() && !address(0).getAddress().isLoopbackAddress();
  }

  private @Nullable Integer setting(JaegerUdp.Protocol protocol) {
    ServerConfig.Ports ports = config.listen().ports();
    return switch (protocol) {
      case COMPACT -> ports.jaegerUdpCompact();
      case BINARY -> ports.jaegerUdpBinary();
    };
  }

  private InetSocketAddress address(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(config.listen().address()), port);
    } catch (IOException e) {
      throw new ConfigException(
          "listen.address '" + config.listen().address() + "' is no address of this machine", e);
    }
  }

  /**
   * Begins to take datagrams.
   *
   * @return the ports that were bound, by name
   */
  Map<String, Integer> start() throws IOException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (JaegerUdp.Protocol protocol : JaegerUdp.Protocol.values()) {
      Integer port = setting(protocol);
      if (port != null) {
        JaegerUdp udp = open(protocol, port);
        open.put(protocol, udp);
        ports.put("jaeger_udp_" + name(protocol), udp.port());
      }
    }
    return ports;
  }

  private JaegerUdp open(JaegerUdp.Protocol protocol, int port) throws IOException {
    try {
      return collector.jaegerUdp(address(port), protocol);
    } catch (BindException e) {
      throw new ConfigException(
          "UDP port "
              + port
              + " is taken by another process; choose another one, such as --set listen.ports.jaeger-udp-"
              + name(protocol)
              + "=0 for any free port",
          e);
    }
  }

  static String name(JaegerUdp.Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }

  /** What came, of each protocol that is on. */
  Map<JaegerUdp.Protocol, JaegerUdp.Counters> counters() {
    Map<JaegerUdp.Protocol, JaegerUdp.Counters> counters = new EnumMap<>(JaegerUdp.Protocol.class);
    open.forEach((protocol, udp) -> counters.put(protocol, udp.counters()));
    return counters;
  }

  @Override
  public void close() {
    open.values().forEach(JaegerUdp::close);
  }
}
