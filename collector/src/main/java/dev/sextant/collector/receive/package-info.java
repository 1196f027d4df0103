/** What every receiver shares: the outcome it reports and the checks it makes. */
@NullMarked
package dev.sextant.collector.receive;

import org.jspecify.annotations.NullMarked;
