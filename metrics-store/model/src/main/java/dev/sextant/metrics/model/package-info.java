@NullMarked
package dev.sextant.metrics.model;

import org.jspecify.annotations.NullMarked;
