package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.status.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The typed query parameters of a request. */
record Query(HttpServletRequest request) {

    boolean has(String name) {
        String value = request.getParameter(name);
        return value != null && !value.isEmpty();
    }

    String text(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** Whether the value is {@code true} or {@code 1}, like Kubernetes parses booleans. */
    boolean flag(String name) {
        String value = text(name);
        return value.equalsIgnoreCase("true") || value.equals("1");
    }

    /** @throws ApiException 400 if it is not a number */
    Optional<Integer> integer(String name) {
        String value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
        }
    }
}
