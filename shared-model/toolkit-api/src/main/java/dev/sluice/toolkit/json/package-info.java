/** JSON for the toolkit's records and for the Kubernetes client as a whole: lenient in reading, sparing in writing. */
@NullMarked
package dev.sluice.toolkit.json;

import org.jspecify.annotations.NullMarked;
