/** OTLP's JSON into OTLP's protobuf, without objects between. */
@NullMarked
package dev.sextant.collector.otlp.json;

import org.jspecify.annotations.NullMarked;
