package dev.sextant.collector.otlp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNamesTest {
  @ParameterizedTest
  @CsvSource({
    "http.server.request.duration,s,histogram,http_server_request_duration_seconds",
    "system.cpu.time,s,counter,system_cpu_time_seconds_total",
    "requests_total,,counter,requests_total",
    "total.requests,,counter,requests_total",
    "jvm.memory.used,By,gauge,jvm_memory_used_bytes",
    "jvm.memory.used,bytes,gauge,jvm_memory_used_bytes",
    "jvm.gc.duration,s,histogram,jvm_gc_duration_seconds",
    "jvm.gc.pause,milliseconds,histogram,jvm_gc_pause_milliseconds",
    "jvm.thread.count,{thread},gauge,jvm_thread_count",
    "jvm.threads.live,threads,gauge,jvm_threads_live",
    "jvm.cpu.recent_utilization,1,gauge,jvm_cpu_recent_utilization_ratio",
    "system.memory.utilization,1,gauge,system_memory_utilization_ratio",
    "queue.size,{item},gauge,queue_size",
    "disk.io,By/s,gauge,disk_io_bytes_per_second",
    "speed,{item}/m,gauge,speed_per_minute",
    "cpu.load_percent,%,gauge,cpu_load_percent",
    "http.requests,1,counter,http_requests_total",
    "2xx.responses,,counter,_2xx_responses_total",
    "a..b__c,,gauge,a_b_c",
    "recording:rule,,gauge,recording:rule",
    "überlänge,,gauge,berl_nge",
    "memory.seconds,s,gauge,memory_seconds",
    "temp,Cel,gauge,temp_celsius",
    "weird,foo/bar,gauge,weird_foo_per_bar",
  })
  void names_takePrometheusForm(String name, String unit, String type, String expected) {
    String given = unit == null ? "" : unit;
    assertThat(MetricNames.of(name, given, type.equals("counter"), type.equals("gauge")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http.method,http_method",
    "9lives,key_9lives",
    "_private,key_private",
    "__meta,__meta",
    "täg,t_g"
  })
  void labels_takePrometheusForm(String key, String expected) {
    assertThat(LabelNames.of(key)).isEqualTo(expected);
  }
}
