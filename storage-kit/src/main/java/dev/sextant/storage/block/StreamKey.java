package dev.sextant.storage.block;

/**
 * Rows that share blocks: those of one tenant, service and resource.
 *
 * @param resourceHash of the resource's bytes; two resources that collide share blocks, which is
 *     harmless, because each row refers to its own
 */
record StreamKey(String tenant, String service, long resourceHash) {
  private static final int MAX_SERVICE = 512;

  StreamKey {
    service = cut(service);
  }

  /** A service's name as blocks hold it. */
  static String cut(String service) {
    if (service.length() <= MAX_SERVICE) {
      return service;
    }
    boolean splitsPair = Character.isHighSurrogate(service.charAt(MAX_SERVICE - 1));
    return service.substring(0, splitsPair ? MAX_SERVICE - 1 : MAX_SERVICE);
  }
}
