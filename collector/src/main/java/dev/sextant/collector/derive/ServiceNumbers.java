package dev.sextant.collector.derive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers that stand for names of services, bounded. For one thread. */
final class ServiceNumbers {
  /** Of every service beyond the bound. */
  static final int UNKNOWN = 0;

  private static final int MAX_NAMES = 1 << 16;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>(List.of(""));
  private String last = "";
  private int lastNumber = UNKNOWN;

  /** The number of a service, always the same. */
  int of(String service) {
    if (!service.equals(last)) {
      last = service;
      lastNumber = number(LabelText.of(service));
    }
    return lastNumber;
  }

  private int number(String service) {
    Integer known = numbers.get(service);
    if (known != null) {
      return known;
    }
    if (names.size() > MAX_NAMES) {
      return UNKNOWN;
    }
    numbers.put(service, names.size());
    names.add(service);
    return names.size() - 1;
  }

  /** The service that a number stands for; empty for {@link #UNKNOWN}. */
  String name(int number) {
    return names.get(number);
  }
}
