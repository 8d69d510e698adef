/** Tables: objects as rows, the way kubectl prints them. */
@NullMarked
package dev.sluice.kubeapi.table;

import org.jspecify.annotations.NullMarked;
