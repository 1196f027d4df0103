/** Starts Sextant and a shop of instrumented services, and drives load and faults through it. */
@NullMarked
package dev.sextant.demo;

import org.jspecify.annotations.NullMarked;
