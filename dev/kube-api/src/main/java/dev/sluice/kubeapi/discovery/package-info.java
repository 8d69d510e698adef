/** Discovery of the served resources. */
@NullMarked
package dev.sluice.kubeapi.discovery;

import org.jspecify.annotations.NullMarked;
