/** YAML whose parts know where they stand, read strictly. */
@NullMarked
package dev.sextant.alerting.yaml;

import org.jspecify.annotations.NullMarked;
