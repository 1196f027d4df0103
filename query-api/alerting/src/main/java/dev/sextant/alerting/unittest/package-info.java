/** Unit tests of rules in promtool's format, run by the rule engine at a simulated time. */
@NullMarked
package dev.sextant.alerting.unittest;

import org.jspecify.annotations.NullMarked;
