/** The verbs on resources: get, list, create, update, patch, delete. */
@NullMarked
package dev.sluice.kubeapi.rest;

import org.jspecify.annotations.NullMarked;
