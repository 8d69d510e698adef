/** JSON for the toolkit's records and for the Kubernetes client: lenient when reading, minimal when writing. */
@NullMarked
package dev.sluice.toolkit.json;

import org.jspecify.annotations.NullMarked;
