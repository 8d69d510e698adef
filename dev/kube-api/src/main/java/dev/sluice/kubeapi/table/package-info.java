/** The Table format of kubectl. */
@NullMarked
package dev.sluice.kubeapi.table;

import org.jspecify.annotations.NullMarked;
