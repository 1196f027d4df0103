package dev.sextant.benchmarks.traces;

import dev.sextant.benchmarks.traces.Service.Language;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Gives spans their names and attributes, after OpenTelemetry's semantic conventions.
 *
 * <ul>
 *   <li>HTTP server, 11 to 14: method (4), route (61), path (its ids are below 400,000, small ones
 *       more often), scheme, host, port, status (12), client address (2,000), user agent (40 at the
 *       edge), protocol version; HTTP client, 7: method, host, port, URL with ids, status, version
 *   <li>RPC, 6: system, service, method, status, host, port
 *   <li>database, 7: system, namespace, operation, collection, statement (4 a collection), host,
 *       port
 *   <li>messaging, 5 to 7: system, topic, operation, partition (12), client id; consumers with
 *       group and offset, which grows
 *   <li>inside, 2: namespace and function (8 a service)
 *   <li>Java: thread.id and thread.name (64); a third of all server spans: shop.tenant (300, few of
 *       them often), shop.tier (3), shop.beta; a 50th: shop.order (an id)
 *   <li>failures: error.type, an exception event for two in three, a status message
 * </ul>
 */
final class Speech {
  private static final String[] USER_AGENTS = userAgents();
  private static final int[] CLIENT_ERRORS = {404, 404, 404, 400, 401, 409, 429};
  private static final int[] SERVER_ERRORS = {500, 500, 500, 502, 503, 504};

  private final Words words = new Words();
  private final Exceptions exceptions = new Exceptions(words);

  private static String[] userAgents() {
    String[] agents = new String[40];
    for (int i = 0; i < agents.length; i++) {
      agents[i] =
          "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36"
              .formatted(i % 2 == 0 ? "Windows NT 10.0; Win64; x64" : "Linux; Android 15", 110 + i);
    }
    return agents;
  }

  /** Gives one span its words; its parent must have its own already. */
  void describe(MadeTrace trace, MadeSpan span, SplittableRandom random) {
    switch (span.kind) {
      case SPAN_KIND_SERVER -> {
        server(trace, span, random);
        business(span, random);
      }
      case SPAN_KIND_CLIENT -> {
        if (span.database != null) {
          database(trace, span);
        } else {
          client(span, random);
        }
      }
      case SPAN_KIND_PRODUCER, SPAN_KIND_CONSUMER -> messaging(trace, span, random);
      default -> inside(span, random);
    }
    if (span.operationName.isEmpty()) {
      span.operationName = span.name;
    }
    if (span.service.language == Language.JAVA && span.kind != SpanKind.SPAN_KIND_INTERNAL) {
      int thread = random.nextInt(64);
      span.attributes.add(words.number("thread.id", 40 + thread));
      span.attributes.add(words.text("thread.name", "http-nio-8080-exec-" + thread));
    }
    if (span.failed) {
      failure(span, random);
    }
  }

  private void server(MadeTrace trace, MadeSpan span, SplittableRandom random) {
    Operation operation = Objects.requireNonNull(span.operation);
    if (!operation.isHttp()) {
      rpc(span, operation, "server");
      return;
    }
    MadeSpan caller = span.parent < 0 ? null : trace.spans().get(span.parent);
    span.path = caller == null ? path(operation, random) : caller.path;
    span.httpStatus = caller == null ? status(span, random) : caller.httpStatus;
    boolean raw = operation.protocol() == Operation.Protocol.RAW_HTTP;
    span.name = operation.left() + " " + (raw ? span.path : operation.right());
    span.operationName = operation.subject();
    span.scope = scope(span.service.language, "http");
    List<KeyValue> to = span.attributes;
    to.add(words.text("http.request.method", operation.left()));
    if (!raw) {
      to.add(words.text("http.route", operation.right()));
    }
    to.add(Words.once("url.path", span.path));
    to.add(words.text("url.scheme", "http"));
    to.add(words.text("server.address", host(span.service)));
    to.add(words.number("server.port", 8080));
    to.add(words.number("http.response.status_code", span.httpStatus));
    to.add(words.text("network.protocol.version", "1.1"));
    boolean edge = caller == null;
    int client = random.nextInt(edge ? 2_000 : 125);
    to.add(words.text("client.address", "10.%d.%d.7".formatted(client / 250, client % 250)));
    to.add(
        words.text(
            "user_agent.original",
            edge ? USER_AGENTS[random.nextInt(40)] : "sdk-http-client/25.0.1"));
  }

  private void client(MadeSpan span, SplittableRandom random) {
    Operation operation = Objects.requireNonNull(span.operation);
    Service peer = Objects.requireNonNull(span.peer);
    if (!operation.isHttp()) {
      rpc(span, operation, "client");
      return;
    }
    span.path = path(operation, random);
    span.httpStatus = status(span, random);
    span.failed |= span.httpStatus >= 400;
    span.name = operation.left();
    span.scope = scope(span.service.language, "http-client");
    List<KeyValue> to = span.attributes;
    to.add(words.text("http.request.method", operation.left()));
    to.add(words.text("server.address", host(peer)));
    to.add(words.number("server.port", 8080));
    to.add(Words.once("url.full", "http://" + host(peer) + ":8080" + span.path));
    to.add(words.number("http.response.status_code", span.httpStatus));
    to.add(words.text("network.protocol.version", "1.1"));
  }

  private void rpc(MadeSpan span, Operation operation, String side) {
    Service serving = span.peer == null ? span.service : span.peer;
    span.name = operation.subject();
    span.scope = scope(span.service.language, "grpc");
    List<KeyValue> to = span.attributes;
    to.add(words.text("rpc.system", "grpc"));
    to.add(words.text("rpc.service", operation.left()));
    to.add(words.text("rpc.method", operation.right()));
    to.add(words.number("rpc.grpc.status_code", span.failed ? 14 : 0));
    to.add(words.text("server.address", host(serving)));
    to.add(words.number("server.port", side.equals("client") ? 9000 : 9001));
  }

  private void database(MadeTrace trace, MadeSpan span) {
    Service.Database database = Objects.requireNonNull(span.database);
    long dice = Ids.mix(trace.number() * 257 + span.parent);
    Statements.Statement statement = Statements.of(database, dice);
    span.name = statement.spanName();
    span.scope = scope(span.service.language, database.isSql() ? "sql" : database.system());
    List<KeyValue> to = span.attributes;
    to.add(words.text("db.system.name", database.system()));
    to.add(words.text("db.namespace", database.namespace()));
    to.add(words.text("db.operation.name", statement.operation()));
    if (!statement.collection().equals("-")) {
      to.add(words.text("db.collection.name", statement.collection()));
    }
    to.add(words.text("db.query.text", statement.text()));
    to.add(words.text("server.address", database.namespace() + "-db.internal"));
    to.add(words.number("server.port", database.isSql() ? 5432 : 6379));
  }

  private void messaging(MadeTrace trace, MadeSpan span, SplittableRandom random) {
    Operation operation = Objects.requireNonNull(span.operation);
    boolean sends = span.kind == SpanKind.SPAN_KIND_PRODUCER;
    String topic = operation.subject();
    span.name = (sends ? "send " : "process ") + topic;
    span.scope = scope(span.service.language, "kafka");
    List<KeyValue> to = span.attributes;
    to.add(words.text("messaging.system", "kafka"));
    to.add(words.text("messaging.destination.name", topic));
    to.add(words.text("messaging.operation.type", sends ? "send" : "process"));
    to.add(words.text("messaging.destination.partition.id", "" + random.nextInt(12)));
    to.add(words.text("messaging.client.id", span.service.name + "-kafka"));
    if (!sends) {
      to.add(words.text("messaging.consumer.group.name", span.service.name));
      to.add(Words.once("messaging.kafka.offset", 7_000_000 + trace.number() / 12));
      for (int i = random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 0; i > 0; i--) {
        span.links.add(Math.max(0, trace.number() - 1 - random.nextInt(500)));
      }
    }
  }

  private void inside(MadeSpan span, SplittableRandom random) {
    span.scope = scope(span.service.language, "app");
    if (span.operation != null) {
      span.name = span.operation.subject();
      span.attributes.add(words.text("job.schedule", "0 * * * *"));
      return;
    }
    int which = random.nextInt(8);
    span.name = "Step" + which + ".run";
    span.attributes.add(
        words.text("code.namespace", "shop." + span.service.name + ".Step" + which));
    span.attributes.add(words.text("code.function.name", "run"));
  }

  private void business(MadeSpan span, SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      double skew = random.nextDouble();
      int tenant = (int) (300 * skew * skew * skew);
      span.attributes.add(words.text("shop.tenant", "tenant-%03d".formatted(tenant)));
      span.attributes.add(
          words.text("shop.tier", tenant < 10 ? "gold" : tenant < 80 ? "silver" : "basic"));
      span.attributes.add(words.bool("shop.beta", tenant % 10 == 0));
    }
    if (random.nextInt(50) == 0) {
      span.attributes.add(Words.once("shop.order", "o-" + random.nextInt(2_000_000)));
    }
  }

  private void failure(MadeSpan span, SplittableRandom random) {
    int which = random.nextInt(3);
    if (span.httpStatus >= 400) {
      span.attributes.add(words.text("error.type", "" + span.httpStatus));
    } else {
      span.attributes.add(words.text("error.type", exceptions.type(span.service, which)));
    }
    if (span.httpStatus < 400 || span.httpStatus >= 500) {
      if (random.nextInt(3) > 0) {
        span.events.add(exceptions.event(span, random, which));
      }
    }
  }

  /** Mostly low ids, as a few things are looked at more than others. */
  private static String path(Operation operation, SplittableRandom random) {
    String route = operation.right();
    for (int at = route.indexOf("{id}"); at >= 0; at = route.indexOf("{id}")) {
      double skew = random.nextDouble();
      route =
          route.substring(0, at)
              + (1000 + (int) (400_000 * skew * skew * skew))
              + route.substring(at + 4);
    }
    return route;
  }

  private static int status(MadeSpan span, SplittableRandom random) {
    if (span.failed) {
      return SERVER_ERRORS[random.nextInt(SERVER_ERRORS.length)];
    }
    if (random.nextInt(40) == 0) {
      return CLIENT_ERRORS[random.nextInt(CLIENT_ERRORS.length)];
    }
    String method = Objects.requireNonNull(span.operation).left();
    return switch (method) {
      case "POST" -> 201;
      case "DELETE" -> 204;
      default -> 200;
    };
  }

  private static String host(Service service) {
    return service.name + ".shop.svc";
  }

  private static String scope(Language language, String library) {
    return switch (language) {
      case JAVA -> "io.opentelemetry." + library;
      case GO -> "go.opentelemetry.io/contrib/instrumentation/" + library;
      case NODE -> "@opentelemetry/instrumentation-" + library;
      case PYTHON -> "opentelemetry.instrumentation." + library;
    };
  }
}
