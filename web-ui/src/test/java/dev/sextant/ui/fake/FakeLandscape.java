package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;
import static dev.sextant.ui.fake.FakeShop.red;
import static dev.sextant.ui.fake.FakeTopology.MESSAGE;
import static dev.sextant.ui.fake.FakeTopology.change;
import static dev.sextant.ui.fake.FakeTopology.changed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A service graph of any size: services of ten teams, mostly in namespaces, and as many databases
 * and hosts as is usual. From a thousand nodes on it has three times as many edges.
 */
final class FakeLandscape {
  private static final int DENSE = 1_000;
  private static final String[] TEAMS = {
    "checkout", "search", "billing", "fleet", "media", "identity", "risk", "ledger", "mail", "stock"
  };

  private final Random random;
  private final int count;
  private final int drift;
  private final int services;
  private final List<String> names = new ArrayList<>();
  private final List<Map<String, Object>> nodes = new ArrayList<>();
  private final List<Map<String, Object>> edges = new ArrayList<>();
  private final Set<String> pairs = new HashSet<>();

  /**
   * @param drift how many services came since, and how many hosts went; figures differ too
   */
  private FakeLandscape(int count, int drift) {
    this.random = new Random(count);
    this.count = count;
    this.drift = drift;
    this.services = count * 7 / 10;
    for (int i = 0; i < services; i++) {
      service(i);
    }
    for (int i = services; i < count; i++) {
      peer(i);
    }
    for (int i = 0; i < drift; i++) {
      nodes.add(FakeTopology.node("new" + i, "new" + i, "service", "", 3, "healthy", figures()));
      call(names.get(i * 7 + 1), "new" + i, "");
    }
  }

  static Map<String, Object> of(int count, int drift) {
    FakeLandscape made = new FakeLandscape(count, drift);
    return map(
        "nodes",
        made.nodes,
        "edges",
        made.edges,
        "edgesFound",
        made.edges.size(),
        "cost",
        map("millis", 9));
  }

  /** Of a hundred edges two are new, one vanished and six changed; nodes in the same way. */
  static Map<String, Object> difference(int count) {
    FakeLandscape made = new FakeLandscape(count, 0);
    Random random = new Random(count);
    made.nodes.forEach(node -> differs(node, random.nextInt(100)));
    made.edges.forEach(edge -> differs(edge, random.nextInt(100)));
    Map<String, Object> all =
        map("nodes", made.nodes, "edges", made.edges, "edgesFound", made.edges.size());
    all.put("cost", map("millis", 31));
    all.put("thresholds", map("relative", 0.3, "rate", 0.1, "errorShare", 0.01, "p95", 0.005));
    return all;
  }

  private static void differs(Map<String, Object> of, int lot) {
    double rate = (double) of.get("rate");
    double p95 = (double) of.get("p95");
    Object before = red(rate, 0, p95, p95);
    if (lot < 2) {
      changed(of, "new", null, List.of());
    } else if (lot == 2) {
      changed(of, "vanished", before, List.of());
    } else if (lot < 6) {
      Object slower = change("p95", p95 / 4, p95);
      changed(of, "changed", red(rate, 0, p95 / 4, p95), List.of(slower));
    } else if (lot < 9) {
      Object more = change("rate", rate / 3 + 0.1, rate + 0.1);
      changed(of, "changed", red(rate / 3, 0, p95 * 2, p95), List.of(more));
    } else {
      changed(of, "same", before, List.of());
    }
  }

  private void service(int i) {
    String team = TEAMS[i * TEAMS.length / services];
    String name = i % 3 == 0 ? team + "-" + i : "app" + i;
    String health = random.nextInt(40) == 0 ? "critical" : "healthy";
    Map<String, Object> node =
        FakeTopology.node(name, name, "service", "", 1 + i % 16, health, figures());
    node.put("namespace", i % 3 == 0 ? "" : team);
    nodes.add(node);
    names.add(name);
    for (int calls = Math.min(i, 1 + random.nextInt(dense() ? 6 : 2)); calls > 0; calls--) {
      call(names.get(caller(i)), name, "");
    }
  }

  private void peer(int i) {
    String kind = List.of("database", "cache", "queue", "external").get(i % 4);
    String to = kind + ":peer" + i;
    String type =
        kind.equals("queue") ? MESSAGE : kind.equals("external") ? "virtual_node" : "database";
    Map<String, Object> node =
        FakeTopology.other(kind, "peer" + i, "", "healthy", red(random.nextInt(500), 0, 0.1, 0.2));
    if (i < count - drift) {
      nodes.add(node);
    }
    for (int calls = 1 + random.nextInt(dense() ? 4 : 1); calls > 0; calls--) {
      String from = names.get(random.nextInt(services));
      if (i < count - drift) {
        call(from, to, type);
      }
    }
  }

  private boolean dense() {
    return count >= DENSE;
  }

  private Map<String, Object> figures() {
    return red(random.nextInt(500) + drift, 0, random.nextDouble(), 1);
  }

  /** Mostly of the same team, whose services lie beside each other, and rather one of its first. */
  private int caller(int called) {
    int first = called / (services / TEAMS.length) * (services / TEAMS.length);
    boolean within = called > first && random.nextInt(6) > 0;
    double early = Math.pow(random.nextDouble(), 2);
    return within
        ? first + (int) (early * (called - first))
        : (int) (random.nextDouble() * Math.min(called, services));
  }

  private void call(String from, String to, String type) {
    double errors = random.nextInt(20) == 0 ? 0.05 : 0;
    double rate = Math.pow(10, random.nextDouble() * 3) + drift;
    if (pairs.add(from + ">" + to)) {
      edges.add(FakeTopology.edge(from, to, type, rate, errors, 0.05));
    }
  }
}
