package dev.sextant.agent.instrumentation.runtimemetrics;

import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;

/** {@code jvm.class.*} and {@code jvm.cpu.*}. */
final class ClassAndCpuMetrics {
  private ClassAndCpuMetrics() {}

  static void register(Meter meter) {
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    meter
        .counterBuilder("jvm.class.loaded")
        .setUnit("{class}")
        .buildWithCallback(to -> to.record(classes.getTotalLoadedClassCount()));
    meter
        .counterBuilder("jvm.class.unloaded")
        .setUnit("{class}")
        .buildWithCallback(to -> to.record(classes.getUnloadedClassCount()));
    meter
        .upDownCounterBuilder("jvm.class.count")
        .setUnit("{class}")
        .buildWithCallback(to -> to.record(classes.getLoadedClassCount()));
    meter
        .upDownCounterBuilder("jvm.cpu.count")
        .setUnit("{cpu}")
        .buildWithCallback(to -> to.record(Runtime.getRuntime().availableProcessors()));
    java.lang.management.OperatingSystemMXBean system =
        ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof OperatingSystemMXBean) {
      cpu(meter, (OperatingSystemMXBean) system);
    }
  }

  private static void cpu(Meter meter, OperatingSystemMXBean system) {
    meter
        .counterBuilder("jvm.cpu.time")
        .ofDoubles()
        .setUnit("s")
        .buildWithCallback(to -> to.record(system.getProcessCpuTime() / 1e9));
    meter
        .gaugeBuilder("jvm.cpu.recent_utilization")
        .setUnit("1")
        .buildWithCallback(
            to -> {
              double load = system.getProcessCpuLoad();
              if (load >= 0) {
                to.record(load);
              }
            });
  }
}
