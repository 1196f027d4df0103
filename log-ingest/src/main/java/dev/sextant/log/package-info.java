@NullMarked
package dev.sextant.log;

import org.jspecify.annotations.NullMarked;
