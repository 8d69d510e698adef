package dev.sluice.kubeapi.resource;

/** A column that a definition adds to the tables of its objects. */
public record PrinterColumn(
        String name, String type, String format, String description, int priority, String jsonPath) {}
