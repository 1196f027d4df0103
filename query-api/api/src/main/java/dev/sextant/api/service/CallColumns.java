package dev.sextant.api.service;

import dev.sextant.trace.model.DatabaseSystems;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells of a batch's spans what was called, by the names that OpenTelemetry's conventions have and
 * had. For one thread, and as long as the batch is valid.
 */
final class CallColumns {
  private static final List<String> STATEMENT = List.of("db.query.text", "db.statement");
  private static final List<String> SUMMARY = List.of("db.query.summary");
  private static final List<String> DB_OPERATION = List.of("db.operation.name", "db.operation");
  private static final List<String> COLLECTION = List.of("db.collection.name", "db.sql.table");
  private static final List<String> MESSAGES = List.of("messaging.system");
  private static final List<String> MESSAGE_OPERATION =
      List.of("messaging.operation.type", "messaging.operation.name", "messaging.operation");
  private static final List<String> DESTINATION =
      List.of(
          "messaging.destination.template", "messaging.destination.name", "messaging.destination");
  private static final List<String> RPC_SYSTEM = List.of("rpc.system.name", "rpc.system");
  private static final List<String> RPC_SERVICE = List.of("rpc.service");
  private static final List<String> RPC_METHOD = List.of("rpc.method");
  private static final List<String> HTTP_METHOD = List.of("http.request.method", "http.method");
  private static final List<String> HOST =
      List.of("server.address", "net.peer.name", "peer.service");

  /** Every field that is asked of a batch. */
  static final Set<SpanField> FIELDS =
      Stream.concat(
              Stream.of(SpanField.Intrinsic.NAME),
              Stream.of(
                      DatabaseSystems.KEYS,
                      STATEMENT,
                      SUMMARY,
                      DB_OPERATION,
                      COLLECTION,
                      MESSAGES,
                      MESSAGE_OPERATION,
                      DESTINATION,
                      RPC_SYSTEM,
                      RPC_SERVICE,
                      RPC_METHOD,
                      HTTP_METHOD,
                      HOST)
                  .flatMap(List::stream)
                  .map(SpanField::span))
          .collect(Collectors.toUnmodifiableSet());

  /** Statements by their text as it was sent; cleared when full. */
  private static final int REMEMBERED = 5_000;

  private final Map<String, TextColumn> columns = new LinkedHashMap<>();
  private final TextColumn names;
  private final SpanBatch batch;
  private final Map<String, String> statements;
  private final List<TextColumn> used = new ArrayList<>();

  /**
   * @param statements what was made of statements so far, kept from batch to batch
   */
  CallColumns(SpanBatch batch, Map<String, String> statements) {
    this.batch = batch;
    this.statements = statements;
    this.names = new TextColumn(batch, SpanField.Intrinsic.NAME);
  }

  /** What a row called. */
  OutgoingCall call(int row) {
    used.clear();
    used.add(names);
    String system = first(row, DatabaseSystems.KEYS);
    if (!system.isEmpty()) {
      return DatabaseSystems.isCache(system)
          ? new OutgoingCall(OutgoingCall.Kind.CACHE, system, command(row))
          : new OutgoingCall(OutgoingCall.Kind.DATABASE, system, statement(row, system));
    }
    String messages = first(row, MESSAGES);
    if (!messages.isEmpty()) {
      String name = words(first(row, MESSAGE_OPERATION), first(row, DESTINATION));
      return new OutgoingCall(OutgoingCall.Kind.MESSAGE, messages, orName(row, name));
    }
    String rpc = first(row, RPC_SYSTEM);
    String service = first(row, RPC_SERVICE);
    if (!rpc.isEmpty() || !service.isEmpty()) {
      String method = first(row, RPC_METHOD);
      String name =
          service.isEmpty() || method.isEmpty() ? service + method : service + "/" + method;
      return new OutgoingCall(OutgoingCall.Kind.RPC, rpc, orName(row, name));
    }
    String method = first(row, HTTP_METHOD);
    if (!method.isEmpty()) {
      String name = words(method, first(row, HOST));
      return new OutgoingCall(OutgoingCall.Kind.HTTP, "http", name);
    }
    return new OutgoingCall(OutgoingCall.Kind.RPC, "", orName(row, ""));
  }

  /** The columns that the last call was told by. */
  List<TextColumn> used() {
    return List.copyOf(used);
  }

  private String statement(int row, String system) {
    String text = first(row, STATEMENT);
    if (!text.isEmpty()) {
      if (statements.size() >= REMEMBERED) {
        statements.clear();
      }
      return statements.computeIfAbsent(system + ' ' + text, key -> StatementText.of(text, system));
    }
    String summary = first(row, SUMMARY);
    String name =
        summary.isEmpty() ? words(first(row, DB_OPERATION), first(row, COLLECTION)) : summary;
    return orName(row, name);
  }

  /** The first word is the command; what follows are keys and values. */
  private String command(int row) {
    String operation = first(row, DB_OPERATION);
    String text = operation.isEmpty() ? first(row, STATEMENT).strip() : operation;
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return orName(row, text.substring(0, end).toUpperCase(Locale.ROOT));
  }

  private String orName(int row, String name) {
    if (!name.isEmpty()) {
      return StatementText.cut(name, StatementText.LONGEST);
    }
    return StatementText.cut(names.text(row), StatementText.LONGEST);
  }

  private String first(int row, List<String> keys) {
    for (String key : keys) {
      TextColumn column =
          columns.computeIfAbsent(key, it -> new TextColumn(batch, SpanField.span(it)));
      String text = column.text(row);
      if (!text.isEmpty()) {
        used.add(column);
        return text;
      }
    }
    return "";
  }

  private static String words(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + ' ' + other;
  }
}
