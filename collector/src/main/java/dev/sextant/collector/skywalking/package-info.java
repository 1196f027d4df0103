/**
 * What SkyWalking's agents of versions 8 and 9 send to port 11800, turned into OTLP. {@link
 * dev.sextant.collector.skywalking.SkyWalkingServices} is the door.
 */
@NullMarked
package dev.sextant.collector.skywalking;

import org.jspecify.annotations.NullMarked;
