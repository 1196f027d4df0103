package dev.sextant.collector.zipkin;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * One end of a call.
 *
 * @param service empty where unknown
 * @param address an IP address as text, empty where unknown
 * @param port 0 where unknown
 */
record ZipkinEndpoint(String service, String address, int port) {
  static final ZipkinEndpoint NONE = new ZipkinEndpoint("", "", 0);

  /**
   * An endpoint as it was sent: of two addresses the one of version 4 is kept; what is no address
   * is none, as Zipkin has it, and a port outside of its range is none.
   */
  static ZipkinEndpoint of(String service, String ipv4, String ipv6, int port) {
    String address = NetUtil.isValidIpV4Address(ipv4) ? ipv4 : "";
    if (address.isEmpty() && NetUtil.isValidIpV6Address(ipv6)) {
      address = ipv6;
    }
    return new ZipkinEndpoint(service, address, port > 0 && port <= 0xffff ? port : 0);
  }

  /** The text of an address of 4 or 16 bytes; empty for any other. */
  static String address(byte[] bytes) {
    try {
      InetAddress address = InetAddress.getByAddress(bytes);
      return address.isAnyLocalAddress() ? "" : NetUtil.toAddressString(address);
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /** Characters of its texts. */
  int length() {
    return service.length() + address.length();
  }

  boolean isNone() {
    return equals(NONE);
  }
}
