package dev.sextant.testapps.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A gateway with one route and one endpoint of its own. */
@SpringBootApplication
@RestController
public class GatewayApp {
  public static void main(String[] args) {
    SpringApplication.run(GatewayApp.class, args);
  }

  @EventListener
  void ready(ReactiveWebServerInitializedEvent event) {
    System.out.println("READY " + event.getWebServer().getPort());
  }

  @GetMapping("/own/{name}")
  Mono<String> own(@PathVariable String name) {
    return Mono.just("hello " + name);
  }
}
