/** Runtime support shared by all services. */
@NullMarked
package dev.sluice.runtime;

import org.jspecify.annotations.NullMarked;
