package dev.sextant.benchmarks.traces;

import dev.sextant.benchmarks.traces.Operation.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Thirty services that call each other, each with its instances: 125 at a time, and all of them
 * replaced by new ones three times, so 500 in all, which are the streams of the benchmark. {@code
 * landscape.txt} lists the services, their operations and whom they call.
 */
final class Landscape {
  /** How often every instance is replaced by a newer one, and one more. */
  static final int GENERATIONS = 4;

  private final Map<String, Service> services = new LinkedHashMap<>();
  private final List<Service> inOrder;
  private final Map<String, List<Service>> consumers = new HashMap<>();
  private final List<Service> byInstance = new ArrayList<>();

  private Landscape(List<String> lines) {
    Service current = null;
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (words[0].equals("service")) {
        current =
            new Service(
                words[1],
                Service.Language.valueOf(words[2].toUpperCase(Locale.ROOT)),
                Integer.parseInt(words[3]));
        services.put(current.name, current);
      } else {
        read(Objects.requireNonNull(current, "a service comes first"), words);
      }
    }
    inOrder = List.copyOf(services.values());
    number();
  }

  static Landscape read() {
    try (InputStream file = Landscape.class.getResourceAsStream("landscape.txt")) {
      byte[] text = Objects.requireNonNull(file, "landscape.txt").readAllBytes();
      return new Landscape(new String(text, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Service service, String[] words) {
    List<String> rest = List.of(words).subList(1, words.length);
    switch (words[0]) {
      case "root" -> service.rootWeight = Double.parseDouble(words[1]);
      case "http" -> service.add(operation(Protocol.HTTP, words[1], words[2], rest.subList(2, 4)));
      case "raw" ->
          service.add(operation(Protocol.RAW_HTTP, words[1], words[2], rest.subList(2, 4)));
      case "rpc" -> service.add(operation(Protocol.RPC, words[1], words[2], rest.subList(2, 3)));
      case "job" -> service.add(operation(Protocol.JOB, words[1], words[2], rest.subList(2, 3)));
      case "consume" -> service.add(operation(Protocol.MESSAGE, "1", words[1], rest.subList(1, 2)));
      case "call" -> service.callees.addAll(rest);
      case "use" ->
          service.databases.add(
              new Service.Database(
                  rest.get(0), rest.get(1), List.copyOf(rest.subList(2, rest.size()))));
      case "send" -> service.topics.addAll(rest);
      default -> throw new IllegalStateException("landscape.txt: " + String.join(" ", words));
    }
  }

  private static Operation operation(
      Protocol protocol, String weight, String millis, List<String> subject) {
    return new Operation(
        protocol,
        String.join(" ", subject),
        Double.parseDouble(weight),
        Double.parseDouble(millis));
  }

  private void number() {
    for (Service service : inOrder) {
      service.firstInstance = byInstance.size();
      for (int i = 0; i < service.replicas * GENERATIONS; i++) {
        byInstance.add(service);
      }
      for (Operation each : service.consumers) {
        consumers.computeIfAbsent(each.subject(), topic -> new ArrayList<>()).add(service);
      }
    }
  }

  List<Service> services() {
    return inOrder;
  }

  Service service(String name) {
    return Objects.requireNonNull(services.get(name), name);
  }

  /** How many instances there are in the course of a day. */
  int instances() {
    return byInstance.size();
  }

  Service ofInstance(int instance) {
    return byInstance.get(instance);
  }

  /** Who takes a topic's messages. */
  List<Service> consumers(String topic) {
    return consumers.getOrDefault(topic, List.of());
  }

  Service root(SplittableRandom random) {
    double at = random.nextDouble() * inOrder.stream().mapToDouble(each -> each.rootWeight).sum();
    for (Service each : inOrder) {
      at -= each.rootWeight;
      if (at < 0) {
        return each;
      }
    }
    return inOrder.getFirst();
  }

  /** One of some operations, by their weights. */
  static Operation pick(List<Operation> operations, SplittableRandom random) {
    double at = random.nextDouble() * operations.stream().mapToDouble(Operation::weight).sum();
    for (Operation each : operations) {
      at -= each.weight();
      if (at < 0) {
        return each;
      }
    }
    return operations.getLast();
  }
}
