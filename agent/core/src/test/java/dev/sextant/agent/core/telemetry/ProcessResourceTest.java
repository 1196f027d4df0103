package dev.sextant.agent.core.telemetry;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessResourceTest {
  @ParameterizedTest
  @CsvSource({
    "/srv/orders-1.2.jar --port 1,orders-1.2",
    "com.example.Orders --port 1,Orders",
    "orders.module/com.example.Orders,Orders"
  })
  void service_isNamedByTheProgram(String command, String expected) {
    assertThat(ProcessResource.programName(command)).isEqualTo(expected);
  }

  @Test
  void settingsOfTheUser_win() {
    Resource configured =
        Resource.builder()
            .put("service.name", "chosen")
            .put("service.instance.id", "seven")
            .put("host.name", "elsewhere")
            .build();
    Resource complete = ProcessResource.complete(configured);
    assertThat(complete.getAttribute(stringKey("service.name"))).isEqualTo("chosen");
    assertThat(complete.getAttribute(stringKey("service.instance.id"))).isEqualTo("seven");
    assertThat(complete.getAttribute(stringKey("host.name"))).isEqualTo("elsewhere");
    assertThat(complete.getAttribute(AttributeKey.longKey("process.pid")))
        .isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void eachProcess_isAnInstanceOfItsOwn() {
    AttributeKey<String> key = stringKey("service.instance.id");
    String one = ProcessResource.complete(Resource.empty()).getAttribute(key);
    String other = ProcessResource.complete(Resource.empty()).getAttribute(key);
    assertThat(one).isNotNull().isNotEqualTo(other);
  }
}
