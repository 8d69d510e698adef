/** CustomResourceDefinitions: from a stored definition to a served resource. */
@NullMarked
package dev.sluice.kubeapi.crd;

import org.jspecify.annotations.NullMarked;
