package dev.sextant.demo;

import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Customers: they look at articles, place orders, and list theirs, in the proportions of a shop, at
 * random moments around a rate that swells and ebbs. What does not fit is not sent: the load never
 * queues.
 */
final class Load implements AutoCloseable {
  private static final int MAX_RUNNING = 64;
  private static final int CUSTOMERS = 40;
  private static final double WAVE_SECONDS = 120;

  private final String gateway;
  private final double rate;
  private final Semaphore running = new Semaphore(MAX_RUNNING);
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("demo-load").unstarted(this::drive);
  private volatile boolean stopping;

  /**
   * @param rate requests a second, on average
   */
  Load(String gateway, double rate) {
    this.gateway = gateway;
    this.rate = rate;
  }

  void start() {
    thread.start();
  }

  private void drive() {
    try {
      while (!stopping) {
        double wave = 1 + 0.4 * Math.sin(System.nanoTime() / 1e9 * 2 * Math.PI / WAVE_SECONDS);
        double pauseSeconds =
            -Math.log(1 - ThreadLocalRandom.current().nextDouble()) / (rate * wave);
        Thread.sleep((long) (pauseSeconds * 1000), 0);
        if (running.tryAcquire()) {
          requests.execute(this::request);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void request() {
    try {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      String customer = "c-" + random.nextInt(CUSTOMERS);
      int choice = random.nextInt(100);
      if (choice < 45) {
        Http.get(gateway + "/api/stock/" + sku(random));
      } else if (choice < 80) {
        String order =
            String.format(
                Locale.ROOT,
                "{\"customer\":\"%s\",\"sku\":\"%s\",\"quantity\":%d}",
                customer,
                sku(random),
                random.nextInt(1, 5));
        Http.send("POST", gateway + "/api/orders", order);
      } else {
        Http.get(gateway + "/api/orders?customer=" + customer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.release();
    }
  }

  /** One in two hundred asks for an article that does not exist. */
  private static String sku(ThreadLocalRandom random) {
    return "sku-" + (random.nextInt(200) == 0 ? 999 : random.nextInt(1, 51));
  }

  @Override
  public void close() {
    stopping = true;
    requests.shutdownNow();
  }
}
