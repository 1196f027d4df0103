package dev.sextant.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSyntaxTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain } { text",
        "{{ $labels.instance }} and {{ .Labels.job }} {{ $.labels.x }}",
        "{{ $value | humanize1024 | printf \"%s }}\" }}",
        "{{- range query \"up\" -}} {{ .Labels.x }} {{- end -}}",
        "{{ with query `a}}b` }}{{ . | first | value }}{{ else }}none{{ end }}",
        "{{ $x := 1.5e3 }}{{ if gt $value $x }}{{ $x }}{{ end }}",
        "{{ range $i, $e := query \"up\" }}{{ $i }}{{ $e.Value }}{{ end }}",
        "{{/* a comment }} */}}{{ $externalLabels.x }}{{ externalURL }}"
      })
  void problem_none(String template) {
    assertThat(TemplateSyntax.problem(template)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a {{ $value | template: line 1: unclosed action",
        "{{ $lables.x }} | template: line 1: undefined variable \"$lables\"",
        "{{ humanise $value }} | template: line 1: function \"humanise\" not defined",
        "{{ if $value }}x | template: unexpected EOF, a block has no end",
        "x{{ end }} | template: line 1: unexpected {{end}}",
        "{{ }} | template: line 1: missing value for command"
      })
  void problem_isNamed(String template, String problem) {
    assertThat(TemplateSyntax.problem(template)).isEqualTo(problem);
  }
}
