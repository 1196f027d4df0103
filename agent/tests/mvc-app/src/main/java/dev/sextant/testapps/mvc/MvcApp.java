package dev.sextant.testapps.mvc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/**
 * An ordinary service that knows nothing of the agent. Prints {@code READY port} when it serves.
 */
@SpringBootApplication
public class MvcApp {
  public static void main(String[] args) {
    SpringApplication.run(MvcApp.class, args);
  }

  @EventListener
  void ready(ServletWebServerInitializedEvent event) {
    System.out.println("READY " + event.getWebServer().getPort());
  }
}
