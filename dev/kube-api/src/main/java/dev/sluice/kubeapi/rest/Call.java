package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.http.Answers;
import dev.sluice.kubeapi.object.StoreKey;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Target;
import dev.sluice.kubeapi.table.Tables;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.function.ServerRequest;

/** A request for a served resource. */
record Call(ServerRequest request, ResourcePathInfo path, Endpoint endpoint) {

    HttpServletRequest servlet() {
        return request.servletRequest();
    }

    Query query() {
        return new Query(servlet());
    }

    Resource resource() {
        return endpoint.resource();
    }

    StoreKey key() {
        return new StoreKey(path.namespace(), path.name());
    }

    Target target() {
        return endpoint.target(path.name());
    }

    boolean status() {
        return path.subresource().equals("status");
    }

    /** Returns how much of an object a table row contains. @throws ApiException 400 for an invalid value */
    Tables.Include include() {
        String text = query().text("includeObject");
        return switch (text) {
            case "", "Metadata" -> Tables.Include.METADATA;
            case "None" -> Tables.Include.NONE;
            case "Object" -> Tables.Include.OBJECT;
            default -> throw ApiException.badRequest("unrecognized includeObject value: \"" + text + "\"");
        };
    }

    /** Whether the client requests a table. @throws ApiException 406 if the client accepts no supported format */
    boolean wantsTable() {
        return Answers.accept(request).isTable();
    }

    ApiException notFound() {
        return ApiException.notFound(target());
    }
}
