package dev.sextant.agent.instrumentation.runtimemetrics;

import com.sun.management.GarbageCollectionNotificationInfo;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** {@code jvm.gc.duration}: one value for each collection, as the JVM reports them. */
final class GarbageCollection {
  private static final AttributeKey<String> NAME = AttributeKey.stringKey("jvm.gc.name");
  private static final AttributeKey<String> ACTION = AttributeKey.stringKey("jvm.gc.action");

  private GarbageCollection() {}

  static void register(Meter meter) {
    DoubleHistogram duration =
        meter
            .histogramBuilder("jvm.gc.duration")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(Arrays.asList(0.01, 0.1, 1.0, 10.0))
            .build();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter) {
        ((NotificationEmitter) collector)
            .addNotificationListener(
                (notification, unused) -> record(duration, notification),
                GarbageCollection::isCollection,
                null);
      }
    }
  }

  private static boolean isCollection(Notification notification) {
    return notification
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION);
  }

  private static void record(DoubleHistogram duration, Notification notification) {
    GarbageCollectionNotificationInfo collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
    duration.record(
        collection.getGcInfo().getDuration() / 1000.0,
        Attributes.of(NAME, collection.getGcName(), ACTION, collection.getGcAction()));
  }
}
