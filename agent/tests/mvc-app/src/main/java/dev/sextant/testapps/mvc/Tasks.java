package dev.sextant.testapps.mvc;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The same query, run by many kinds of executors; each marks its text with a column alias. */
@RestController
class Tasks {
  private final JdbcTemplate jdbc;
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  Tasks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @GetMapping("/tasks/{kind}")
  String run(@PathVariable String kind) throws Exception {
    Callable<String> query =
        () -> jdbc.queryForObject("select 'x' as " + kind + " from orders limit 1", String.class);
    return switch (kind) {
      case "submit" -> pool.submit(query).get();
      case "execute" -> {
        CompletableFuture<String> result = new CompletableFuture<>();
        pool.execute(() -> result.complete(unchecked(query)));
        yield result.get();
      }
      case "invoke_all" -> pool.invokeAll(List.of(query)).get(0).get();
      case "schedule" -> scheduler.schedule(query, 1, TimeUnit.MILLISECONDS).get();
      case "fork_join" -> ForkJoinPool.commonPool().submit(query).get();
      case "supply" -> CompletableFuture.supplyAsync(() -> unchecked(query)).get();
      case "stage" ->
          CompletableFuture.completedFuture("")
              .thenApplyAsync(nothing -> unchecked(query), pool)
              .get();
      case "virtual" -> virtual(query);
      default -> "unknown";
    };
  }

  /** Servlet 3 asynchronous mode, through Spring MVC. */
  @GetMapping("/async")
  Callable<String> async() {
    return () -> jdbc.queryForObject("select 'later' as async from orders limit 1", String.class);
  }

  /** Virtual threads where the JDK has them. */
  private static String virtual(Callable<String> query) throws Exception {
    Method factory;
    try {
      factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    } catch (NoSuchMethodException before21) {
      return "none";
    }
    ExecutorService virtual = (ExecutorService) factory.invoke(null);
    String result = virtual.submit(query).get();
    virtual.shutdown();
    return result;
  }

  private static String unchecked(Callable<String> query) {
    try {
      return query.call();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
