package dev.sextant.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.model.Labels;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "no braces ; 1 ; no braces",
        "{{ $labels.job }}/{{.Labels.job}} ; 1 ; api/api",
        "{{ $labels.absent }}! ; 1 ; !",
        "{{ $value }} ; 0.5 ; 0.5",
        "{{ $value }} ; 1e30 ; 1e+30",
        "{{ $value | humanize }} ; 1234567 ; 1.235M",
        "{{ humanize $value }} ; 0.0012 ; 1.2m",
        "{{ $value | humanize1024 }} ; 1048576 ; 1Mi",
        "{{ $value | humanizePercentage }} ; 0.1234567 ; 12.35%",
        "{{ $value | humanizeDuration }} ; 3725 ; 1h 2m 5s",
        "{{ $value | humanizeDuration }} ; 899.99 ; 14m 59s",
        "{{ printf \"%.2f\" $value }} s ; 2.345 ; 2.35 s",
        "{{ $value | printf \"%.1f%%\" }} ; 4.61 ; 4.6%",
        "{{ $labels.job | toUpper }} ; 1 ; API",
        "{{ $value }} ; NaN ; NaN",
      })
  void expand_writesWhatPrometheusWrites(String template, double value, String expected) {
    var context = new Template.Context(Labels.of("job", "api"), value);

    assertThat(Template.expand(template.strip(), context)).isEqualTo(expected.strip());
  }

  @Test
  void expand_unknownFunction_saysSoInPlace() {
    var context = new Template.Context(Labels.EMPTY, 1);

    assertThat(Template.expand("a {{ query \"up\" }} b", context))
        .startsWith("a <error expanding template:")
        .endsWith(" b");
  }

  @Test
  void json_escapesValues() {
    String body =
        Template.json(
            "{\"text\":\"{{ annotations.summary }} {{ .gone }}\"}",
            Map.of("annotations.summary", "a\"b\n$1"));

    assertThat(body).isEqualTo("{\"text\":\"a\\\"b\\n$1 \"}");
  }
}
