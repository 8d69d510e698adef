/** The REST verbs: get, list, watch, create, update, patch, delete. */
@NullMarked
package dev.sluice.kubeapi.rest;

import org.jspecify.annotations.NullMarked;
